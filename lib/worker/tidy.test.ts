import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tidy } from "./tidy";

const now = new Date("2026-03-01T12:00:00Z");
const minute = 60_000;
const day = 24 * 60 * minute;
const ago = (ms: number) => new Date(now.getTime() - ms);
const ahead = (ms: number) => new Date(now.getTime() + ms);

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

test("what has served its time goes, and what has not stays", async () => {
  const db = controlDb();
  const userId = newId(now);
  await db.user.create({
    data: { id: userId, email: "ada@example.com", name: "Ada", role: "owner", passwordHash: "-" },
  });
  const session = async (tokenHash: string, lastSeenAt: Date, createdAt: Date, expiresAt: Date) => {
    const id = newId(now);
    await db.session.create({ data: { id, userId, tokenHash, lastSeenAt, createdAt, expiresAt } });
    return id;
  };
  const live = await session("live", ago(59 * minute), ago(23 * 60 * minute), ahead(60 * minute));
  await session("idle", ago(61 * minute), ago(2 * 60 * minute), ahead(day));
  await session("over", ago(1), ago(23 * 60 * minute), ago(1));
  await session("older than a new limit", ago(1), ago(2 * day), ahead(day));
  const proof = { userId, sessionId: live, digest: "d" };
  await db.stepUp.createMany({
    data: [
      { id: newId(now), ...proof, expiresAt: ahead(1) },
      { id: newId(now), ...proof, expiresAt: ago(1) },
    ],
  });
  await db.spentChallenge.createMany({
    data: [
      { challengeHash: "stays", expiresAt: ahead(1) },
      { challengeHash: "goes", expiresAt: ago(1) },
    ],
  });
  await db.knownAddress.createMany({
    data: [
      { userId, address: "stays", lastAt: ago(29 * day) },
      { userId, address: "goes", lastAt: ago(31 * day) },
    ],
  });
  const invitation = { email: "bob@example.com", role: "viewer", invitedBy: "ada@example.com" };
  await db.invitation.createMany({
    data: [
      { id: newId(now), tokenHash: "stays", ...invitation, expiresAt: ago(29 * day) },
      { id: newId(now), tokenHash: "goes", ...invitation, expiresAt: ago(31 * day) },
    ],
  });
  await db.rateLimit.createMany({
    data: [
      { key: "stays", expire: BigInt(now.getTime() + 1) },
      { key: "stays for good", expire: null },
      { key: "goes", expire: BigInt(now.getTime() - 1) },
    ],
  });
  await control.sql(
    `INSERT INTO runtime_processes (id, app, host, pid, started_at, seen_at, limits, open, idle, waiting, tenants,
       connects, reuses, waits, wait_ms, evictions, timeouts, losses, lookups, memory_hits, redis_hits)
     SELECT gen_random_uuid(), app, 'h', 1, seen, seen, '{}', 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
       FROM (VALUES ('stays', $1::timestamptz), ('goes', $2)) AS process (app, seen)`,
    [ago(day - 1), ago(day + 1)],
  );
  await control.sql(
    `INSERT INTO runtime_pools SELECT id, id, 1, 0, 0, 0, 0, 0, 0, 0, 0, seen_at FROM runtime_processes`,
  );
  await tidy(now);
  expect((await db.runtimeProcess.findMany()).map(({ app }) => app)).toEqual(["stays"]);
  expect(await db.runtimePool.count()).toBe(1);
  expect((await db.session.findMany()).map(({ id }) => id)).toEqual([live]);
  expect(await db.stepUp.count()).toBe(1);
  expect((await db.spentChallenge.findMany()).map(({ challengeHash }) => challengeHash)).toEqual(["stays"]);
  expect((await db.knownAddress.findMany()).map(({ address }) => address)).toEqual(["stays"]);
  expect((await db.invitation.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(["stays"]);
  expect((await db.rateLimit.findMany()).map(({ key }) => key).sort()).toEqual(["stays", "stays for good"]);
});
