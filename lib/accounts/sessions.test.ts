import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { sha256 } from "@/lib/platform/crypto";
import { listen } from "@/lib/platform/notify";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { endAllSessions } from "./end-all-sessions";
import { endOwnSession } from "./end-session";
import { listSessions } from "./list-sessions";
import { actorOfSession, endSessions, sessionSeconds, touchSessions } from "./sessions";
import { signOut } from "./sign-out";
import { TestPerson } from "./testing";

const ada = new TestPerson("ada@example.com");
const eve = new TestPerson("eve@example.com");
let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("TRUNCATE users, sign_in_throttles CASCADE");
  await ada.make();
});

const minutes = (count: number) => new Date(ada.now.getTime() + count * 60_000);
const kindAt = async (token: string, when: Date) => (await actorOfSession(token, when)).kind;

test("a session ends when it was idle for an hour", async () => {
  const { token } = await ada.signedIn();
  expect(await kindAt(token, minutes(59))).toBe("user");
  expect(await kindAt(token, minutes(118))).toBe("user");
  expect(await kindAt(token, minutes(179))).toBe("nobody");
});

test("a session ends a day after the sign-in, however busy it is, and the cookie with it", async () => {
  const { token } = await ada.signedIn();
  for (let passed = 30; passed < 24 * 60 - 1; passed += 30) expect(await kindAt(token, minutes(passed))).toBe("user");
  expect(await kindAt(token, minutes(24 * 60))).toBe("nobody");
  expect(sessionSeconds()).toBe(86_400);
});

test("a stream that is open counts as use; what is over stays over", async () => {
  const { token, actor } = await ada.signedIn();
  for (const passed of [50, 100, 150]) await touchSessions([actor.sessionId], minutes(passed));
  expect(await kindAt(token, minutes(200))).toBe("user");
  await touchSessions([actor.sessionId], minutes(300));
  expect(await kindAt(token, minutes(300))).toBe("nobody");
});

test("a session is over when it is ended, when its user is deactivated, and for any other token", async () => {
  const { token } = await ada.signedIn();
  expect(await kindAt(`${token}x`, ada.now)).toBe("nobody");
  expect(await kindAt(sha256(token), ada.now)).toBe("nobody");
  await control.sql("UPDATE users SET deactivated_at = now()");
  expect(await kindAt(token, ada.now)).toBe("nobody");
  await control.sql("UPDATE users SET deactivated_at = NULL");
  expect(await kindAt(token, ada.now)).toBe("user");
  await endSessions(controlDb(), { tokenHash: sha256(token) });
  expect(await kindAt(token, ada.now)).toBe("nobody");
});

test("a token that was set before the sign-in never becomes a session", async () => {
  const planted = "planted-by-somebody-else";
  const { token: first } = await ada.signedIn();
  const { token: second } = await ada.signedIn();
  expect(new Set([planted, first, second]).size).toBe(3);
  expect(await kindAt(planted, ada.now)).toBe("nobody");
});

test("one's own sessions are listed with their device, the newest first, those of others and old ones not", async () => {
  await eve.make();
  await eve.signedIn();
  await ada.signedIn("192.0.2.9");
  ada.later(70 * 60);
  const { ctx: other } = await ada.signedIn("192.0.2.2");
  const { ctx, actor } = await ada.signedIn("192.0.2.3");
  const agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0";
  await controlDb().session.update({ where: { id: actor.sessionId }, data: { userAgent: agent } });
  const { sessions } = await perform(listSessions, ctx, {});
  expect(sessions.map(({ current, device, ipAddress }) => [current, device, ipAddress])).toEqual([
    [true, "Firefox on macOS", "192.0.2.3"],
    [false, "An unknown device", "192.0.2.2"],
  ]);
  expect((await perform(listSessions, other, {})).sessions.map(({ current }) => current)).toEqual([false, true]);
});

test("a session of one's own can be ended, another person's is not found, and that is written down", async () => {
  await eve.make();
  const [{ ctx: here }, there, theirs] = [await ada.signedIn(), await ada.signedIn(), await eve.signedIn()];
  expect(await ada.does(endOwnSession, here, { id: there.actor.sessionId })).toEqual({ ended: 1 });
  expect(await kindAt(there.token, ada.now)).toBe("nobody");
  const again = ada.does(endOwnSession, here, { id: there.actor.sessionId });
  await expect(again).rejects.toMatchObject({ code: "not_found" });
  const id = theirs.actor.sessionId;
  await expect(ada.does(endOwnSession, here, { id })).rejects.toMatchObject({ code: "not_found" });
  expect(await kindAt(theirs.token, eve.now)).toBe("user");
  const last = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(last).toMatchObject({ operation: "sessions.end", outcome: "refused", target: id, actor: ada.email });
  expect(here.reply.sessionToken).toBeTypeOf("string");
  if (here.actor.kind === "user") await ada.does(endOwnSession, here, { id: here.actor.sessionId });
  expect(here.reply.sessionToken).toBeNull();
});

test("all sessions of one's own end, with or without this one, and nobody else's", async () => {
  await eve.make();
  const [{ ctx }, other, theirs] = [await ada.signedIn(), await ada.signedIn(), await eve.signedIn()];
  expect(await ada.does(endAllSessions, ctx, {})).toEqual({ ended: 1 });
  // The step-up gave this session another cookie value.
  const kept = ctx.reply.sessionToken ?? "";
  expect([await kindAt(kept, ada.now), await kindAt(other.token, ada.now)]).toEqual(["user", "nobody"]);
  expect(await ada.does(endAllSessions, ctx, { keepThis: "false" })).toEqual({ ended: 1 });
  expect([await kindAt(kept, ada.now), await kindAt(theirs.token, eve.now)]).toEqual(["nobody", "user"]);
  expect(ctx.reply.sessionToken).toBeNull();
});

test("each session that ends is told to every process, when the transaction commits and not before", async () => {
  const [one, two] = [await ada.signedIn(), await ada.signedIn()];
  const heard: string[] = [];
  const stop = new AbortController();
  await new Promise<void>((resolve) =>
    listen(["tenantry_session"], { onMessage: (_, id) => heard.push(id), onConnected: resolve }, stop.signal),
  );
  const undone = controlDb().$transaction(async (db) => {
    await endSessions(db, { userId: ada.id });
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  await controlDb().$transaction((db) => endSessions(db, { userId: ada.id }));
  await vi.waitFor(() => expect(heard.length).toBeGreaterThanOrEqual(2), 5000);
  expect(heard.sort()).toEqual([one.actor.sessionId, two.actor.sessionId].sort());
  stop.abort();
});

test("signing out ends this session only, takes the cookie away and is in the trail", async () => {
  const [{ ctx, token }, other] = [await ada.signedIn(), await ada.signedIn()];
  expect(await perform(signOut, ctx, {})).toEqual({ ended: 1 });
  expect([await kindAt(token, ada.now), await kindAt(other.token, ada.now)]).toEqual(["nobody", "user"]);
  expect(ctx.reply).toMatchObject({ sessionToken: null, headers: { "clear-site-data": '"cache"' } });
  const last = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(last).toMatchObject({ operation: "session.signOut", outcome: "done", actor: ada.email });
});
