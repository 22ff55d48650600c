import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { authOptions, sessionCookie } from "./next-auth";
import { actorOfSession } from "./sessions";
import { TestPerson } from "./testing";

const ada = new TestPerson("ada@example.com");
let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles CASCADE");
  ada.now = new Date();
  await ada.make();
});

type Authorize = (given: object, request: object) => Promise<{ session: string } | null>;

async function authorize(code: unknown, cookie: string, password: unknown = ada.password): Promise<string> {
  const provider = authOptions().providers[0] as unknown as { options: { authorize: Authorize } };
  const given = { email: ada.email, password, code };
  const user = await provider.options.authorize(given, { headers: { cookie: `a=b; ${sessionCookie()}=${cookie}` } });
  return user?.session ?? "";
}

test("a sign-in gives a new cookie value, and ends the session that the browser had", async () => {
  const first = await authorize(await ada.code(), "planted-by-somebody-else");
  const second = await authorize(await ada.code(30), first);
  expect(new Set(["planted-by-somebody-else", first, second]).size).toBe(3);
  const kinds = [first, second, "planted-by-somebody-else"].map(
    async (one) => (await actorOfSession(one, ada.now)).kind,
  );
  expect(await Promise.all(kinds)).toEqual(["nobody", "user", "nobody"]);
  const ended = await controlDb().auditEvent.findMany({ where: { operation: "session.signOut" } });
  expect(ended).toMatchObject([{ actor: ada.email, target: ada.id, outcome: "done" }]);
});

test("a sign-in that fails ends nothing, and says why in one of the fixed words", async () => {
  const session = await authorize(await ada.code(), "");
  await expect(authorize("", session)).rejects.toThrow(/^code_required$/);
  await expect(authorize("000000", session)).rejects.toThrow(/^code_invalid$/);
  await expect(authorize("", session, "wrong")).rejects.toThrow(/^invalid_credentials$/);
  await expect(authorize("", session, { length: 8 })).rejects.toThrow(/^invalid_credentials$/);
  await controlDb().user.updateMany({ data: { deactivatedAt: ada.now } });
  await expect(authorize("", session)).rejects.toThrow(/^deactivated$/);
  await controlDb().user.updateMany({ data: { deactivatedAt: null } });
  expect((await actorOfSession(session, ada.now)).kind).toBe("user");
});

test("the cookie lasts as long as a session may", () => {
  expect(authOptions().session).toMatchObject({ maxAge: 86_400 });
});
