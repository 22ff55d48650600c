import { generate } from "otplib";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { confirmEnrolment } from "./confirm-enrolment";
import { actorOfSession } from "./sessions";
import { newSetUpToken } from "./set-up-link";
import { setUpOwner } from "./set-up-owner";
import { showAccount } from "./show-account";
import { showSetUp } from "./show-set-up";
import { startEnrolment } from "./start-enrolment";
import { TestPerson } from "./testing";

const ada = new TestPerson("ada@example.com");
let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles, one_time_links CASCADE");
});

const owner = { name: "First", email: "first@example.com", password: "a long enough one" };
const nobody = () => as("nobody", { now: ada.clock });

test("the set-up link makes one owner, once", async () => {
  await ada.make();
  expect(await newSetUpToken(ada.now)).toBeNull();
  await control.sql("TRUNCATE users CASCADE");
  const older = (await newSetUpToken(ada.now)) ?? "";
  const token = (await newSetUpToken(ada.now)) ?? "";
  await expect(perform(setUpOwner, nobody(), { ...owner, token: older })).rejects.toMatchObject({ code: "not_found" });
  for (const password of ["short", "passwordpassword"]) {
    await expect(perform(setUpOwner, nobody(), { ...owner, token, password })).rejects.toMatchObject({
      fields: { password: expect.any(String) },
    });
  }
  const settled = await Promise.allSettled([1, 2, 3].map(() => perform(setUpOwner, nobody(), { ...owner, token })));
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await controlDb().user.count()).toBe(1);
  expect(await perform(showSetUp, nobody(), { token })).toEqual({ usable: false, reason: "used" });
});

test("a set-up link ends after a day", async () => {
  const token = (await newSetUpToken(ada.now)) ?? "";
  ada.later(86_401);
  expect(await perform(showSetUp, nobody(), { token })).toEqual({ usable: false, reason: "expired" });
});

test("somebody without a second factor gets a session that can only enrol one", async () => {
  await ada.make();
  await control.sql("UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL");
  const { token } = await ada.signIn();
  const ctx = await ada.ctx(token);
  expect(ctx.actor).toMatchObject({ kind: "user", secondFactor: false });
  await expect(perform(showAccount, ctx, {})).rejects.toMatchObject({ reason: "enrolment_required" });
  const { secret, uri } = await perform(startEnrolment, ctx, {});
  expect(uri).toContain(secret);
  expect((await perform(startEnrolment, ctx, {})).secret).toBe(secret);
  await expect(perform(confirmEnrolment, ctx, { code: "000000" })).rejects.toMatchObject({
    fields: { code: expect.any(String) },
  });
  const { token: other } = await ada.signIn();
  const code = await generate({ secret, epoch: Math.floor(ada.now.getTime() / 1000) });
  const { recoveryCodes } = await perform(confirmEnrolment, ctx, { code });
  expect(new Set(recoveryCodes).size).toBe(10);
  for (const one of recoveryCodes) expect(one).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/);
  expect(await actorOfSession(ctx.reply.sessionToken ?? "", ada.now)).toMatchObject({ secondFactor: true });
  // Neither the value from before nor another session that knew the password alone is worth anything.
  for (const old of [token, other]) expect(await actorOfSession(old, ada.now)).toEqual({ kind: "nobody" });
  await expect(perform(startEnrolment, ctx, {})).rejects.toMatchObject({ code: "conflict" });
  const stored = JSON.stringify(await controlDb().recoveryCode.findMany());
  for (const one of recoveryCodes) expect(stored).not.toContain(one.replace("-", ""));
});

test("one code enrols once, also from two tabs at the same moment", async () => {
  await ada.make();
  await control.sql("UPDATE users SET totp_secret = NULL, totp_confirmed_at = NULL");
  const ctx = await ada.ctx((await ada.signIn()).token);
  const { secret } = await perform(startEnrolment, ctx, {});
  const code = await generate({ secret, epoch: Math.floor(ada.now.getTime() / 1000) });
  const settled = await Promise.allSettled(
    [1, 2].map(() => perform(confirmEnrolment, { ...ctx, reply: {} }, { code })),
  );
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect(await controlDb().recoveryCode.count()).toBe(10);
});
