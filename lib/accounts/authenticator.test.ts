import { generate } from "otplib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { changeAuthenticator } from "./change-authenticator";
import { actorOfSession } from "./sessions";
import { startAuthenticator } from "./start-authenticator";
import { TestPerson } from "./testing";

let control: TestControl;
const ada = new TestPerson("ada@example.com");
const eve = new TestPerson("eve@example.com");
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles CASCADE");
  await ada.make();
});

const codeOf = (secret: string) => generate({ secret, epoch: Math.floor(ada.now.getTime() / 1000) });

test("the new authenticator counts once it is proven, the former no more, and other sessions end", async () => {
  const [{ ctx }, other] = [await ada.signedIn(), await ada.signedIn()];
  await expect(perform(startAuthenticator, ctx, {})).rejects.toMatchObject({ reason: "step_up_required" });
  const { secret, pending } = await ada.does(startAuthenticator, ctx, {});
  const wrong = perform(changeAuthenticator, ctx, { pending, code: "000000" });
  await expect(wrong).rejects.toMatchObject({ fields: { code: expect.any(String) } });
  await ada.signIn({ code: await ada.code() });
  ada.later(30);
  await perform(changeAuthenticator, ctx, { pending, code: await codeOf(secret) });
  expect((await actorOfSession(other.token, ada.now)).kind).toBe("nobody");
  expect((await actorOfSession(ctx.reply.sessionToken ?? "", ada.now)).kind).toBe("user");
  ada.later(30);
  await expect(ada.signIn({ code: await ada.code() })).rejects.toMatchObject({ reason: "code_invalid" });
  await ada.signIn({ code: await codeOf(secret) });
  const event = await controlDb().auditEvent.findFirst({
    where: { operation: "authenticator.change", outcome: "done" },
  });
  expect(JSON.stringify({ ...event, id: "" })).not.toContain(secret);
});

test("a change that somebody else began, or that took too long, is refused", async () => {
  await eve.make();
  const [mine, hers] = [await ada.signedIn(), await eve.signedIn()];
  const { secret, pending } = await ada.does(startAuthenticator, mine.ctx, {});
  const code = await codeOf(secret);
  await expect(perform(changeAuthenticator, hers.ctx, { pending, code })).rejects.toMatchObject({ code: "invalid" });
  const altered = perform(changeAuthenticator, mine.ctx, { pending: `${pending}A`, code });
  await expect(altered).rejects.toMatchObject({ code: "invalid" });
  ada.later(15 * 60);
  const late = perform(changeAuthenticator, mine.ctx, { pending, code: await codeOf(secret) });
  await expect(late).rejects.toThrow(/quarter of an hour/);
});
