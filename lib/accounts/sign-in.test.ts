import { generate } from "otplib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { confirmEnrolment } from "./confirm-enrolment";
import { hashPassword } from "./password";
import { actorOfSession, endSession } from "./sessions";
import { newSetUpToken } from "./set-up-link";
import { setUpOwner } from "./set-up-owner";
import { showSetUp } from "./show-set-up";
import { signIn } from "./sign-in";
import { startEnrolment } from "./start-enrolment";
import { newTotpSecret, sealTotp } from "./totp";

let control: TestControl;
let now = new Date("2026-03-01T12:00:00Z");
const clock = () => now;
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1000);
};
const device = { ipAddress: "127.0.0.1", userAgent: "test" };
const secret = newTotpSecret();
const email = "ada@example.com";
const password = "correct horse battery";

beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles, one_time_links CASCADE");
  const id = newId(now);
  const data = { id, email, name: "Ada", role: "owner" as const, passwordHash: await hashPassword(password) };
  await controlDb().user.create({ data: { ...data, totpSecret: await sealTotp(id, secret), totpConfirmedAt: now } });
});

const codeAt = (offset: number) => generate({ secret, epoch: Math.floor(now.getTime() / 1000) + offset });
const attempt = (code: string, given = password, who = email) =>
  signIn({ email: who, password: given, code }, device, clock);

test("a password and the newest code sign in, and the cookie's value is kept as a hash only", async () => {
  const { token } = await attempt(await codeAt(0));
  expect(await actorOfSession(token, now)).toMatchObject({ kind: "user", email, secondFactor: true });
  const stored = JSON.stringify(await controlDb().session.findMany());
  expect(stored).not.toContain(token);
});

test("a password without a code asks for one, and says nothing to a wrong password", async () => {
  await expect(attempt("")).rejects.toMatchObject({ reason: "code_required" });
  await expect(attempt("", "wrong")).rejects.toMatchObject({ reason: "invalid_credentials" });
  await expect(attempt("", "wrong", "nobody@example.com")).rejects.toMatchObject({ reason: "invalid_credentials" });
});

test("a code works once, also when two use it at the same moment", async () => {
  const code = await codeAt(0);
  const settled = await Promise.allSettled([attempt(code), attempt(code), attempt(code)]);
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  await expect(attempt(code)).rejects.toMatchObject({ reason: "code_invalid" });
});

test("a clock that is one step off is forgiven, two are not", async () => {
  await expect(attempt(await codeAt(-90))).rejects.toMatchObject({ reason: "code_invalid" });
  await expect(attempt(await codeAt(90))).rejects.toMatchObject({ reason: "code_invalid" });
  await attempt(await codeAt(-30));
  await attempt(await codeAt(30));
});

test("ten failures make an account wait, and a quarter of an hour later it is open again", async () => {
  for (let index = 0; index < 10; index++)
    await expect(attempt("", "wrong")).rejects.toMatchObject({ reason: "invalid_credentials" });
  await expect(attempt(await codeAt(0))).rejects.toMatchObject({ code: "limit", reason: "too_many_attempts" });
  later(15 * 60);
  await attempt(await codeAt(0));
});

test("a session ends when it is revoked, idle for twelve hours, or a week old", async () => {
  const { token } = await attempt(await codeAt(0));
  const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
  expect((await actorOfSession(token, hours(11))).kind).toBe("user");
  expect((await actorOfSession(token, hours(24))).kind).toBe("nobody");
  await endSession(token);
  expect((await actorOfSession(token, hours(0))).kind).toBe("nobody");
  expect((await actorOfSession(`${token}x`, now)).kind).toBe("nobody");
});

test("the set-up link makes one owner, once", async () => {
  expect(await newSetUpToken(now)).toBeNull();
  await control.sql("TRUNCATE users CASCADE");
  const older = await newSetUpToken(now);
  const token = await newSetUpToken(now);
  const owner = { name: "First", email: "first@example.com", password: "a long enough one" };
  const ctx = () => as("nobody", { now: clock });
  await expect(perform(setUpOwner, ctx(), { ...owner, token: older ?? "" })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(perform(setUpOwner, ctx(), { ...owner, token: token ?? "", password: "short" })).rejects.toMatchObject({
    fields: { password: expect.any(String) },
  });
  const settled = await Promise.allSettled(
    [1, 2, 3].map(() => perform(setUpOwner, ctx(), { ...owner, token: token ?? "" })),
  );
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await controlDb().user.count()).toBe(1);
  expect(await perform(showSetUp, ctx(), { token: token ?? "" })).toEqual({ usable: false, reason: "used" });
});

test("a set-up link ends after a day", async () => {
  await control.sql("TRUNCATE users CASCADE");
  const token = (await newSetUpToken(now)) ?? "";
  later(86_401);
  expect(await perform(showSetUp, as("nobody", { now: clock }), { token })).toEqual({
    usable: false,
    reason: "expired",
  });
});

test("somebody without a second factor gets a session that can only enrol one", async () => {
  await control.sql("UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL");
  const { token } = await attempt("");
  const actor = await actorOfSession(token, now);
  expect(actor).toMatchObject({ kind: "user", secondFactor: false });
  const ctx = as("nobody", { actor, now: clock });
  const { secret: shown, uri } = await perform(startEnrolment, ctx, {});
  expect(uri).toContain(shown);
  expect((await perform(startEnrolment, ctx, {})).secret).toBe(shown);
  await expect(perform(confirmEnrolment, ctx, { code: "000000" })).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
  await perform(confirmEnrolment, ctx, {
    code: await generate({ secret: shown, epoch: Math.floor(now.getTime() / 1000) }),
  });
  expect(await actorOfSession(token, now)).toMatchObject({ secondFactor: true });
  await expect(perform(startEnrolment, ctx, {})).rejects.toMatchObject({ code: "conflict" });
});
