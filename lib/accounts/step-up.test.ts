import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { changePassword } from "./change-password";
import { proveStepUp } from "./prove-step-up";
import { renewCodes } from "./recovery-codes";
import { renewRecoveryCodes } from "./renew-recovery-codes";
import { actorOfSession } from "./sessions";
import { showAccount } from "./show-account";
import { TestPerson } from "./testing";

const ada = new TestPerson("ada@example.com");
let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles CASCADE");
  ada.later(86_400);
  await ada.make();
});

const digest = "a".repeat(64);
const another = "b".repeat(64);
const next = "seven quiet lanterns";

async function digestFor(ctx: Parameters<typeof perform>[1]): Promise<string> {
  const error = await perform(renewRecoveryCodes, ctx, {}).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "forbidden", reason: "step_up_required" });
  return error.confirm;
}

test("a proof counts once, for its digest, for five minutes, in its session", async () => {
  const { ctx } = await ada.signedIn();
  const { ctx: elsewhere } = await ada.signedIn();
  const asked = await digestFor(ctx);
  await perform(proveStepUp, ctx, { digest: another, code: await ada.code() });
  await digestFor(ctx);
  ada.later(30);
  const { expiresAt } = await perform(proveStepUp, ctx, { digest: asked, code: await ada.code() });
  expect(new Date(expiresAt).getTime() - ada.now.getTime()).toBe(5 * 60_000);
  await digestFor(elsewhere);
  expect((await perform(renewRecoveryCodes, ctx, {})).recoveryCodes).toHaveLength(10);
  await digestFor(ctx);
  ada.later(30);
  await perform(proveStepUp, ctx, { digest: asked, code: await ada.code() });
  ada.later(301);
  await digestFor(ctx);
});

test("the session's cookie changes with each proof, and the value from before is worth nothing", async () => {
  const { ctx, token, actor } = await ada.signedIn();
  await perform(proveStepUp, ctx, { digest, code: await ada.code() });
  const rotated = ctx.reply.sessionToken ?? "";
  expect(await actorOfSession(token, ada.now)).toEqual({ kind: "nobody" });
  expect(await actorOfSession(rotated, ada.now)).toMatchObject({ kind: "user", sessionId: actor.sessionId });
});

test("a wrong code is refused at its field, leaves the cookie as it is, and is in the audit trail", async () => {
  const { ctx, token } = await ada.signedIn();
  await expect(perform(proveStepUp, ctx, { digest, code: "123456" })).rejects.toMatchObject({
    code: "forbidden",
    reason: "code_invalid",
    fields: { code: expect.any(String) },
  });
  expect(await actorOfSession(token, ada.now)).toMatchObject({ kind: "user" });
  const last = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(last).toMatchObject({ operation: "stepUp.prove", outcome: "refused", target: ada.id, actor: ada.email });
});

test("a code that signed in, or proved something, proves nothing more", async () => {
  const code = await ada.code();
  const { token } = await ada.signIn({ code });
  const ctx = await ada.ctx(token);
  await expect(perform(proveStepUp, ctx, { digest, code })).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
  ada.later(30);
  const fresh = await ada.code();
  const proofs = [1, 2, 3].map(() => perform(proveStepUp, { ...ctx, reply: {} }, { digest, code: fresh }));
  const settled = await Promise.allSettled(proofs);
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
});

test("of twenty guesses at the same moment, five are looked at, and they count although they are undone", async () => {
  const { ctx } = await ada.signedIn();
  const guesses = Array.from({ length: 20 }, (_, index) =>
    perform(proveStepUp, { ...ctx, reply: {} }, { digest, code: String(100_000 + index) }).catch(
      ({ reason }) => reason,
    ),
  );
  const reasons = await Promise.all(guesses);
  expect(reasons.filter((reason) => reason === "code_invalid")).toHaveLength(5);
  expect(reasons.filter((reason) => reason === "too_many_attempts")).toHaveLength(15);
});

test("a recovery code confirms nothing", async () => {
  const { ctx } = await ada.signedIn();
  const [recovery = ""] = await renewCodes(controlDb(), ada.id, ada.now);
  await expect(perform(proveStepUp, ctx, { digest, code: recovery })).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
  expect(await controlDb().recoveryCode.count({ where: { usedAt: null } })).toBe(10);
});

test("new recovery codes replace the old ones", async () => {
  const { ctx } = await ada.signedIn();
  const { recoveryCodes: old } = await ada.does(renewRecoveryCodes, ctx, {});
  const { recoveryCodes } = await ada.does(renewRecoveryCodes, ctx, {});
  expect(new Set([...old, ...recoveryCodes]).size).toBe(20);
  await expect(ada.signIn({ code: old[0] ?? "" })).rejects.toMatchObject({ reason: "code_invalid" });
  await ada.signIn({ code: recoveryCodes[0] ?? "" });
  expect(await perform(showAccount, ctx, {})).toMatchObject({ recoveryCodesLeft: 9 });
});

test("a new password ends the other sessions and open password links, and this session gets a new cookie", async () => {
  const other = await ada.signedIn();
  const { ctx, token } = await ada.signedIn();
  const link = {
    tokenHash: "t",
    purpose: "new-password",
    userId: ada.id,
    expiresAt: new Date(ada.now.getTime() + 1e6),
  };
  await controlDb().oneTimeLink.create({ data: link });
  expect(await ada.does(changePassword, ctx, { current: ada.password, password: next })).toEqual({ ended: 1 });
  for (const old of [token, other.token]) expect(await actorOfSession(old, ada.now)).toEqual({ kind: "nobody" });
  expect(await actorOfSession(ctx.reply.sessionToken ?? "", ada.now)).toMatchObject({ kind: "user" });
  expect(await controlDb().oneTimeLink.findFirst()).toMatchObject({ usedAt: ada.now });
  await expect(ada.signIn()).rejects.toMatchObject({ reason: "invalid_credentials" });
  await expect(ada.signIn({ password: next })).rejects.toMatchObject({ reason: "code_required" });
  expect(await perform(showAccount, ctx, {})).toMatchObject({ passwordChangedAt: ada.now.toISOString() });
});

test("a new password takes the present one, is not that one, and not a weak one", async () => {
  const { ctx } = await ada.signedIn();
  const change = (current: string, password: string) => ada.does(changePassword, ctx, { current, password });
  await expect(change("wrong", next)).rejects.toMatchObject({ fields: { current: expect.any(String) } });
  await expect(change(ada.password, ada.password)).rejects.toMatchObject({ fields: { password: expect.any(String) } });
  await expect(change(ada.password, "ada@example.com")).rejects.toMatchObject({
    fields: { password: expect.any(String) },
  });
  await expect(perform(changePassword, ctx, { current: ada.password, password: next })).rejects.toMatchObject({
    reason: "step_up_required",
  });
});

test("guesses at the present password are counted although they are undone", async () => {
  const { ctx } = await ada.signedIn();
  await control.sql("UPDATE sign_in_throttles SET failures = 0");
  const counts = () => control.sql("SELECT max(failures) AS most FROM sign_in_throttles WHERE key LIKE 'account%'");
  await expect(ada.does(changePassword, ctx, { current: "wrong", password: next })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect((await counts()).rows[0].most).toBe(1);
});

test("no password is in the audit trail", async () => {
  const { ctx } = await ada.signedIn();
  await expect(ada.does(changePassword, ctx, { current: "not my password", password: next })).rejects.toThrow();
  await ada.does(changePassword, ctx, { current: ada.password, password: next });
  const { rows } = await control.sql("SELECT string_agg(to_jsonb(e)::text, ' ') AS text FROM audit_events e");
  expect(rows[0].text).toContain("account.password");
  for (const hidden of [ada.password, next, "not my password"]) expect(rows[0].text).not.toContain(hidden);
});
