import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { addPasskey } from "./add-passkey";
import { proveStepUp } from "./prove-step-up";
import { removePasskey } from "./remove-passkey";
import { showAccount } from "./show-account";
import { showPasskeyChallenge } from "./show-passkey-challenge";
import { startPasskey } from "./start-passkey";
import { TestPerson } from "./testing";
import { TestAuthenticator } from "./testing-authenticator";

const ada = new TestPerson("ada@example.com");
const eve = new TestPerson("eve@example.com");
let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles, spent_challenges CASCADE");
  ada.later(86_400);
  await ada.make();
});

const digest = "a".repeat(64);
const nobody = () => as("nobody", { now: ada.clock });

async function withPasskey(person = ada, key = new TestAuthenticator()) {
  const { ctx, token } = await person.signedIn();
  const { options } = await person.does(startPasskey, ctx, {});
  const passkey = await perform(addPasskey, ctx, { name: "Laptop", response: key.register(options) });
  return { ctx, token, key, passkey };
}

const challenge = async () => (await perform(showPasskeyChallenge, nobody(), {})).options;
const challengeFor = async (ctx: Ctx) => (await perform(showPasskeyChallenge, ctx, { digest })).options;
const refusedSignIn = (passkey: string) =>
  expect(ada.signIn({ passkey })).rejects.toMatchObject({ code: "unauthenticated", reason: "code_invalid" });

test("a passkey is added after a step-up, and stands in the account", async () => {
  const { ctx, passkey } = await withPasskey();
  expect(await perform(showAccount, ctx, {})).toMatchObject({ passkeys: [passkey], user: { email: ada.email } });
  const { options } = await ada.does(startPasskey, ctx, {});
  expect(options).toMatchObject({
    rp: { id: "localhost", name: "Tenantry" },
    attestation: "none",
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
    excludeCredentials: [{ type: "public-key" }],
  });
});

test("what the browser made counts once, in the session that began, within five minutes", async () => {
  const { ctx } = await ada.signedIn();
  const elsewhere = await ada.signedIn();
  const add = (who: Ctx, response: string) => perform(addPasskey, who, { name: "Laptop", response });
  const { options } = await ada.does(startPasskey, ctx, {});
  const response = new TestAuthenticator().register(options);
  await expect(add(elsewhere.ctx, response)).rejects.toMatchObject({ code: "invalid" });
  await add(ctx, response);
  await expect(add(ctx, response)).rejects.toMatchObject({ code: "invalid" });
  const { options: late } = await ada.does(startPasskey, ctx, {});
  ada.later(301);
  await expect(add(ctx, new TestAuthenticator().register(late))).rejects.toMatchObject({ code: "invalid" });
  await expect(add(ctx, new TestAuthenticator().register(await challenge()))).rejects.toMatchObject({
    code: "invalid",
  });
  for (const nonsense of ["", "{}", "null", "[1]", '{"id":1}'])
    await expect(add(ctx, nonsense)).rejects.toMatchObject({ code: "invalid" });
});

test("a password and a passkey sign in, and the counter is kept", async () => {
  const { key } = await withPasskey();
  await ada.signIn({ passkey: key.prove(await challenge()) });
  expect(await controlDb().passkey.findFirst()).toMatchObject({ counter: BigInt(key.counter), lastUsedAt: ada.now });
  const last = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(last).toMatchObject({ outcome: "done", after: { secondFactor: "passkey" } });
});

test("a passkey's answer works once, also at the same moment", async () => {
  const { key } = await withPasskey();
  // Without a counter, which would tell a second use as well.
  const passkey = key.prove(await challenge(), { counter: 0 });
  const settled = await Promise.allSettled([1, 2, 3].map(() => ada.signIn({ passkey })));
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  ada.later(3600);
  await refusedSignIn(passkey);
});

test("a counter that does not grow is refused: the passkey may have been copied", async () => {
  const { key } = await withPasskey();
  await ada.signIn({ passkey: key.prove(await challenge(), { counter: 5 }) });
  await refusedSignIn(key.prove(await challenge(), { counter: 5 }));
  await refusedSignIn(key.prove(await challenge(), { counter: 4 }));
  await refusedSignIn(key.prove(await challenge(), { counter: 0 }));
  await ada.signIn({ passkey: key.prove(await challenge(), { counter: 6 }) });
});

test("a passkey without a counter works again and again", async () => {
  const { key } = await withPasskey();
  await ada.signIn({ passkey: key.prove(await challenge(), { counter: 0 }) });
  await ada.signIn({ passkey: key.prove(await challenge(), { counter: 0 }) });
});

test("another site, another name, another kind of answer and a foreign challenge are refused", async () => {
  const { key } = await withPasskey();
  await refusedSignIn(key.prove(await challenge(), { origin: "http://evil.localhost:3000" }));
  await refusedSignIn(key.prove(await challenge(), { origin: "http://localhost:3001" }));
  await refusedSignIn(key.prove(await challenge(), { rpId: "example.com" }));
  await refusedSignIn(key.prove(await challenge(), { type: "webauthn.create" }));
  ada.later(3600);
  await refusedSignIn(key.prove({ challenge: Buffer.alloc(56).toString("base64url") }));
  await refusedSignIn(key.prove({ challenge: "" }));
  await refusedSignIn(new TestAuthenticator().prove(await challenge()));
  await refusedSignIn("not json");
});

test("a challenge ends after five minutes, and can't be stretched", async () => {
  const { key } = await withPasskey();
  const early = await challenge();
  const stretched = Buffer.from(String(early.challenge), "base64url");
  stretched.writeBigUInt64BE(stretched.readBigUInt64BE(16) + 600_000n, 16);
  ada.later(301);
  await refusedSignIn(key.prove(early));
  await refusedSignIn(key.prove({ challenge: stretched.toString("base64url") }));
});

test("a passkey works for its owner only", async () => {
  await eve.make();
  eve.now = ada.now;
  const { key } = await withPasskey(eve, new TestAuthenticator());
  await refusedSignIn(key.prove(await challenge()));
});

test("a passkey confirms what it was asked for, and nothing else", async () => {
  const { ctx, key } = await withPasskey();
  const prove = (passkey: string, to = digest) => perform(proveStepUp, ctx, { digest: to, passkey });
  const no = { code: "forbidden", fields: { passkey: expect.any(String) } };
  await expect(prove(key.prove(await challenge()))).rejects.toMatchObject(no);
  await expect(prove(key.prove(await challengeFor(ctx)), "b".repeat(64))).rejects.toMatchObject(no);
  const right = key.prove(await challengeFor(ctx));
  await refusedSignIn(right);
  expect(await prove(right)).toMatchObject({ expiresAt: expect.any(String) });
  await expect(prove(right)).rejects.toMatchObject(no);
});

test("a challenge for a step-up names one's own passkeys; at sign-in none are named", async () => {
  const { ctx, key } = await withPasskey();
  expect(await challengeFor(ctx)).toMatchObject({ allowCredentials: [{ id: key.id }] });
  expect((await challenge()).allowCredentials).toBeUndefined();
  await expect(perform(showPasskeyChallenge, nobody(), { digest })).rejects.toMatchObject({ code: "unauthenticated" });
});

test("asking for challenges stores nothing", async () => {
  for (let asked = 0; asked < 5; asked++) await challenge();
  expect(await controlDb().spentChallenge.count()).toBe(0);
});

test("a passkey can be removed by its owner after a step-up, and signs in no more", async () => {
  const { ctx, key, passkey } = await withPasskey();
  await eve.make();
  eve.now = ada.now;
  const { ctx: other } = await eve.signedIn();
  await expect(eve.does(removePasskey, other, { id: passkey.id })).rejects.toMatchObject({ code: "not_found" });
  expect(await controlDb().passkey.count()).toBe(1);
  await expect(perform(removePasskey, ctx, { id: passkey.id })).rejects.toMatchObject({ reason: "step_up_required" });
  await ada.does(removePasskey, ctx, { id: passkey.id });
  await refusedSignIn(key.prove(await challenge()));
});
