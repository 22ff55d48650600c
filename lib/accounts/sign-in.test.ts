import * as argon2 from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { hashPassword } from "./password";
import { renewCodes } from "./recovery-codes";
import { actorOfSession } from "./sessions";
import { TestPerson } from "./testing";

vi.mock("@node-rs/argon2", { spy: true });

const ada = new TestPerson("ada@example.com");
const home = "192.0.2.1";
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

const reasonOf = (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "in",
    (error) => error.reason ?? String(error),
  );

async function reasonsOf(attempts: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const reason of await Promise.all(attempts.map(reasonOf))) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

test("a password and the newest code sign in, and the cookie's value is kept as a hash only", async () => {
  const { token } = await ada.signIn({ code: await ada.code() });
  expect(await actorOfSession(token, ada.now)).toMatchObject({ kind: "user", email: ada.email, secondFactor: true });
  expect(JSON.stringify(await controlDb().session.findMany())).not.toContain(token);
  expect(await controlDb().user.findFirst()).toMatchObject({ lastSignInAt: ada.now });
});

test("a password without a code asks for one, and says nothing to a wrong password", async () => {
  expect(await reasonOf(ada.signIn())).toBe("code_required");
  expect(await reasonOf(ada.signIn({ password: "wrong" }))).toBe("invalid_credentials");
  expect(await reasonOf(ada.signIn({ password: "wrong", email: "nobody@example.com" }))).toBe("invalid_credentials");
});

test("nobody, a deactivated account and a wrong password cost one hash each and get the same answer", async () => {
  const hashed = async (attempt: () => Promise<{ token: string }>) => {
    vi.mocked(argon2.verify).mockClear();
    const error = await attempt().catch((thrown) => thrown);
    return [vi.mocked(argon2.verify).mock.calls.length, error.code, error.reason, error.message];
  };
  const wrong = await hashed(() => ada.signIn({ password: "wrong" }));
  expect(wrong.slice(0, 3)).toEqual([1, "unauthenticated", "invalid_credentials"]);
  expect(await hashed(() => ada.signIn({ email: "nobody@example.com" }))).toEqual(wrong);
  await control.sql("UPDATE users SET deactivated_at = now()");
  expect(await hashed(() => ada.signIn({ password: "wrong" }))).toEqual(wrong);
});

test("who is deactivated learns it after the right password only, and gets no session", async () => {
  await control.sql("UPDATE users SET deactivated_at = now()");
  expect(await reasonOf(ada.signIn({ code: await ada.code() }))).toBe("deactivated");
  expect(await controlDb().session.count()).toBe(0);
});

test("a code works once, also when several use it at the same moment", async () => {
  const code = await ada.code();
  expect(await reasonsOf(times(3, () => ada.signIn({ code })))).toEqual({ in: 1, code_invalid: 2 });
  expect(await reasonOf(ada.signIn({ code }))).toBe("code_invalid");
});

test("a clock that is one step off is forgiven, two are not", async () => {
  expect(await reasonOf(ada.signIn({ code: await ada.code(-90) }))).toBe("code_invalid");
  expect(await reasonOf(ada.signIn({ code: await ada.code(90) }))).toBe("code_invalid");
  expect(await reasonOf(ada.signIn({ code: await ada.code(-30) }))).toBe("in");
  expect(await reasonOf(ada.signIn({ code: await ada.code(30) }))).toBe("in");
  expect(await reasonOf(ada.signIn({ code: await ada.code() }))).toBe("code_invalid");
});

test("of sixteen guesses at a password at the same moment, ten are looked at", async () => {
  const counts = await reasonsOf(times(16, (index) => ada.signIn({ password: `wrong ${index}` })));
  expect(counts).toEqual({ invalid_credentials: 10, too_many_attempts: 6 });
  expect(await reasonOf(ada.signIn({ code: await ada.code() }))).toBe("too_many_attempts");
  ada.later(15 * 60);
  expect(await reasonOf(ada.signIn({ code: await ada.code() }))).toBe("in");
});

test("of sixteen guesses at a code at the same moment, five are looked at, from however many addresses", async () => {
  const right = await ada.code();
  const guesses = times(16, (index) => ada.signIn({ code: String(100_000 + index) }, `198.51.100.${index}`));
  expect(await reasonsOf(guesses)).toEqual({ code_invalid: 5, too_many_attempts: 11 });
  expect(await reasonOf(ada.signIn({ code: right }, "198.51.100.99"))).toBe("too_many_attempts");
});

test("sixty failures make an address wait, whatever the account", async () => {
  const attempts = times(70, (index) => ada.signIn({ email: `nobody${index}@example.com` }));
  expect(await reasonsOf(attempts)).toEqual({ invalid_credentials: 60, too_many_attempts: 10 });
});

test("others' failures elsewhere keep nobody out who signed in here lately", async () => {
  await ada.signedIn(home);
  const elsewhere = times(60, (index) => ada.signIn({ password: "wrong" }, `198.51.100.${index}`));
  expect(await reasonsOf(elsewhere)).toEqual({ invalid_credentials: 50, too_many_attempts: 10 });
  ada.later(30);
  expect(await reasonOf(ada.signIn({ code: await ada.code() }, "203.0.113.5"))).toBe("too_many_attempts");
  expect(await reasonOf(ada.signIn({ code: await ada.code() }, home))).toBe("in");
});

test("neither do others who know the password and guess codes; at home there is a count as well", async () => {
  await ada.signedIn(home);
  await reasonsOf(times(8, (index) => ada.signIn({ code: String(100_000 + index) }, `198.51.100.${index}`)));
  expect(await reasonOf(ada.signIn({ code: await ada.code() }, "203.0.113.5"))).toBe("too_many_attempts");
  expect(await reasonOf(ada.signIn({ code: await ada.code() }, home))).toBe("in");
  const guesses = times(8, (index) => ada.signIn({ code: String(100_000 + index) }, home));
  expect(await reasonsOf(guesses)).toEqual({ code_invalid: 5, too_many_attempts: 3 });
});

test("an address is forgotten after thirty days", async () => {
  await ada.signedIn(home);
  ada.later(31 * 86_400);
  await reasonsOf(times(8, (index) => ada.signIn({ code: String(100_000 + index) }, `198.51.100.${index}`)));
  expect(await reasonOf(ada.signIn({ code: await ada.code() }, home))).toBe("too_many_attempts");
});

test("a recovery code stands in for the authenticator once, however it is typed", async () => {
  const [first = "", second = ""] = await renewCodes(controlDb(), ada.id, ada.now);
  const typed = ` ${first.toUpperCase().replace("-", " – ").replaceAll("0", "O").replaceAll("1", "I")} `;
  expect(await reasonOf(ada.signIn({ code: typed }))).toBe("in");
  expect(await reasonOf(ada.signIn({ code: first }))).toBe("code_invalid");
  const parallel = await reasonsOf(times(4, () => ada.signIn({ code: second })));
  expect(parallel).toEqual({ in: 1, code_invalid: 3 });
  expect(await controlDb().recoveryCode.count({ where: { usedAt: null } })).toBe(8);
});

test("the audit trail tells sign-ins and failures, with the account that was tried and never a secret", async () => {
  const from = "203.0.113.77";
  const [recovery = ""] = await renewCodes(controlDb(), ada.id, ada.now);
  await reasonOf(ada.signIn({ code: await ada.code() }, from));
  await reasonOf(ada.signIn({ code: recovery }, from));
  await reasonOf(ada.signIn({ password: "a wrong password" }, from));
  await reasonOf(ada.signIn({ email: ada.password, password: "" }, from));
  await reasonOf(ada.signIn({ code: "123456" }, from));
  const events = await controlDb().auditEvent.findMany({ where: { ipAddress: from }, orderBy: { id: "asc" } });
  expect(
    events.map(({ operation, outcome, actor, target, after }) => [operation, outcome, actor, target, after]),
  ).toEqual([
    ["session.signIn", "done", ada.email, ada.email, { secondFactor: "authenticator" }],
    ["session.signIn", "done", ada.email, ada.email, { secondFactor: "recovery code" }],
    ["session.signIn", "refused", "nobody", ada.email, null],
    ["session.signIn", "refused", "nobody", "(not an e-mail address)", null],
    ["session.signIn", "refused", "nobody", ada.email, null],
  ]);
  const text = JSON.stringify(events, (_, value) => (typeof value === "bigint" ? String(value) : value));
  for (const hidden of [ada.password, "a wrong password", recovery]) expect(text).not.toContain(hidden);
});

test("a flood of refused sign-ins is told once, not once for each", async () => {
  const from = "203.0.113.88";
  for (const _ of times(30, () => 0)) await reasonOf(ada.signIn({ password: "wrong" }, from));
  const reasons = (await controlDb().auditEvent.findMany({ where: { ipAddress: from } })).map(
    ({ reason }) => reason ?? "",
  );
  expect(reasons.filter((reason) => reason.startsWith("The e-mail or the password"))).toHaveLength(10);
  expect(reasons.filter((reason) => reason.startsWith("Too many attempts"))).toHaveLength(1);
});

test("a sign-in that began before the password was changed opens no session", async () => {
  vi.mocked(argon2.verify).mockImplementationOnce(async () => {
    await control.sql("UPDATE users SET password_hash = 'another'");
    return true;
  });
  expect(await reasonOf(ada.signIn({ code: await ada.code() }))).toBe("invalid_credentials");
  expect(await controlDb().session.count()).toBe(0);
});

test("endless texts are refused like wrong ones, with one hash of work and no more", async () => {
  const marks = `a${"\u0301\u0316".repeat(100_000)}`;
  await ada.signIn({ password: "wrong" }).catch(() => undefined);
  vi.mocked(argon2.verify).mockClear();
  const since = performance.now();
  expect(await reasonOf(ada.signIn({ password: marks, email: `${ada.email}${marks}`, code: marks }))).toBe(
    "invalid_credentials",
  );
  expect(await reasonOf(ada.signIn({ password: marks }))).toBe("invalid_credentials");
  expect(performance.now() - since).toBeLessThan(1000);
  expect(argon2.verify).toHaveBeenCalledTimes(2);
  expect(await reasonOf(ada.signIn({ code: marks }))).toBe("code_invalid");
  expect(await reasonOf(ada.signIn({ passkey: marks }))).toBe("code_invalid");
  await expect(hashPassword(marks)).rejects.toMatchObject({ code: "invalid" });
});
