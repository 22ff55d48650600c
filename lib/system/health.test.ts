import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { lastCheck } from "@/lib/audit/last-check";
import { verifyAudit } from "@/lib/audit/verify-audit";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { keepPartitions } from "@/lib/history/partitions";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { askProcesses, keepPresence } from "@/lib/platform/presence";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { clearCaches } from "./clear-caches";
import { type HealthState, healthStates } from "./contract";
import { ownFigures } from "./own-caches";
import { showHealth, worst } from "./show-health";
import { partNamed } from "./testing";

let control: TestControl;
const here = new AbortController();
/** Fresh for as long as a test takes, however slow the machine is. */
const fresh = () => new Date(Date.now() + 300_000);
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);

beforeAll(async () => {
  control = await testControl();
  await keepPartitions(controlDb(), new Date());
  const presence = (kind: "web" | "worker") => ({
    own: () => ({ kind, version: "1.0.0", caches: ownFigures(), audit: lastCheck() }),
    clear: () => undefined,
  });
  keepPresence(presence("web"), systemClock, here.signal);
  keepPresence(presence("worker"), systemClock, here.signal);
  await vi.waitFor(async () => expect((await askProcesses()).told).toHaveLength(2), { timeout: 20_000 });
  // Something in the trail.
  await perform(clearCaches, as("owner"), {});
});
afterAll(async () => {
  here.abort();
  await control.close();
});
afterEach(async () => {
  await controlDb().server.update({
    where: { id: control.serverId },
    data: { lastTickAt: fresh(), lastError: null },
  });
});

test("a healthy installation is well in every part, and each part says how it is known", async () => {
  await controlDb().server.update({ where: { id: control.serverId }, data: { lastTickAt: fresh() } });
  await controlDb().usageRollup.create({ data: { level: "minute", until: fresh() } });
  const { state, parts } = await perform(showHealth, as("auditor"), {});
  const unwell = parts.filter((part) => part.state !== "ok" && part.name !== "disks");
  expect(unwell).toEqual([]);
  if (parts.every((part) => part.state === "ok")) expect(state).toBe("ok");
  expect(parts.map(({ name }) => name)).toEqual([
    ...["control-database", "migrations", "clocks", "workers", "web", "jobs", "leases", "runs"],
    ...[`server:${control.serverId}`, "partitions", "roll-ups", "keys", "audit", "disks"],
  ]);
  for (const part of parts) expect(part.measured.length).toBeGreaterThan(3);
});

test("the whole is as its worst part, and what is not known is not well", () => {
  const of = (...states: HealthState[]) => worst(states.map((state) => ({ state })));
  expect(of("ok", "ok")).toBe("ok");
  expect(of("ok", "unknown")).toBe("degraded");
  expect(of("degraded", "down")).toBe("down");
  expect(healthStates).toContain(of());
});

test("a server that can't be reached is down since then, one without figures is degraded", async () => {
  const name = `server:${control.serverId}`;
  const data = { lastError: "It can't be reached.", lastErrorAt: ago(120) };
  await controlDb().server.update({ where: { id: control.serverId }, data });
  expect(await partNamed(name)).toMatchObject({
    ...{ state: "down", words: "It can't be reached.", since: data.lastErrorAt.toISOString() },
  });
  await controlDb().server.update({ where: { id: control.serverId }, data: { lastError: null, lastTickAt: ago(90) } });
  expect(await partNamed(name)).toMatchObject({
    state: "degraded",
    words: expect.stringMatching(/^No figures for \d+ s/),
  });
});

test("migrations that are not applied, were cut off, or are of a newer version are told", async () => {
  const [row] = (await control.sql("SELECT * FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1")).rows;
  const name = String(row.migration_name);
  await control.sql("UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name = $1", [
    name,
  ]);
  expect(await partNamed("migrations")).toMatchObject({
    ...{ state: "degraded", words: expect.stringContaining(name), figures: { pending: 1, newer: 1 } },
  });
  await control.sql(
    "UPDATE _prisma_migrations SET migration_name = $1, finished_at = NULL WHERE migration_name LIKE '2999%'",
    [name],
  );
  expect(await partNamed("migrations")).toMatchObject({ state: "down", words: expect.stringContaining("cut off") });
  await control.sql("UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = $1", [name]);
  expect(await partNamed("migrations")).toMatchObject({ state: "ok" });
});

test("a job that failed for good and one that waits too long are told", async () => {
  const add = "SELECT graphile_worker.add_job('nothing', '{}'::json, run_at => now() - interval '5 minutes')";
  await control.sql(add);
  expect(await partNamed("jobs")).toMatchObject({
    state: "degraded",
    words: expect.stringMatching(/^1 waiting, the oldest for 5 min/),
  });
  await control.sql("UPDATE graphile_worker._private_jobs SET attempts = max_attempts");
  expect(await partNamed("jobs")).toMatchObject({
    state: "degraded",
    words: "1 job failed for good.",
    figures: { failed: 1 },
  });
  await control.sql("DELETE FROM graphile_worker._private_jobs");
});

test("a lease of a dead worker and a run on which nobody works are told, one at work is not", async () => {
  const { id: tenantId } = await control.makeTenant("leased");
  const runId = newId(new Date());
  await controlDb().bulkRun.create({
    data: {
      ...{
        id: runId,
        action: "analyze",
        options: {},
        selection: {},
        status: "running",
        digest: "d",
        plannedBy: "test",
      },
      startedAt: ago(600),
    },
  });
  const item = {
    runId,
    position: 0,
    tenantId,
    serverId: control.serverId,
    slug: "leased",
    name: "leased",
    tenantVersion: 1,
  };
  await controlDb().bulkItem.create({
    data: { ...item, wave: 0, status: "running", startedAt: ago(500), lease: newId(new Date()), leaseUntil: ago(-600) },
  });
  expect(await partNamed("leases")).toMatchObject({ state: "ok", figures: { held: 1, dead: 0 } });
  expect(await partNamed("runs")).toMatchObject({ state: "ok", figures: { atWork: 1, stuck: 0 } });
  await controlDb().bulkItem.updateMany({ where: { runId }, data: { leaseUntil: ago(400) } });
  expect(await partNamed("leases")).toMatchObject({ state: "degraded", words: "1 of 1 are of dead workers." });
  expect(await partNamed("runs")).toMatchObject({ state: "degraded", figures: { stuck: 1 } });
  await controlDb().bulkRun.delete({ where: { id: runId } });
  await controlDb().bulkItem.deleteMany({ where: { runId } });
});

test("partitions that were not made and roll-ups that lag behind are told", async () => {
  const later = { now: () => new Date(Date.now() + 40 * 86_400_000) };
  const { parts } = await perform(showHealth, as("owner", later), {});
  const named = (name: string) => parts.find((part) => part.name === name);
  expect(named("partitions")).toMatchObject({
    state: "down",
    words: expect.stringMatching(/^None for today: .*tenant_usage_logs/),
  });
  expect(named("roll-ups")).toMatchObject({
    state: "down",
    words: expect.stringMatching(/^Minutes are rolled up to 960 h ago/),
  });
  // By the injected clock this host is forty days ahead.
  expect(named("clocks")).toMatchObject({ state: "down", words: expect.stringMatching(/^This host's clock is ahead/) });
});

test("a data key that no longer opens is told with how many secrets carry it", async () => {
  const { rows } = await control.sql("SELECT id, master_id, wrapped FROM data_keys");
  await control.sql("UPDATE data_keys SET wrapped = 'w1.00000000.' || substr(wrapped, 13)");
  expect(await partNamed("keys")).toMatchObject({ state: "down", words: expect.stringContaining(String(rows[0].id)) });
  for (const { id, master_id: master, wrapped } of rows)
    await control.sql("UPDATE data_keys SET wrapped = $3 WHERE id = $1 AND master_id = $2", [id, master, wrapped]);
  expect(await partNamed("keys")).toMatchObject({ state: "ok", figures: { unreadable: 0 } });
});

test("the audit part tells when the whole trail was checked, and finds a newest row that was changed", async () => {
  expect(await partNamed("audit")).toMatchObject({ state: "ok", figures: { wholeCheckedAt: null } });
  await perform(verifyAudit, as("auditor"), {});
  expect(await partNamed("audit")).toMatchObject({
    state: "ok",
    words: expect.stringContaining("intact within the hour"),
  });
  const change = (to: string, from: string) =>
    control.sql(`ALTER TABLE audit_events DISABLE TRIGGER USER; UPDATE audit_events SET operation = '${to}'
      WHERE operation = '${from}'; ALTER TABLE audit_events ENABLE TRIGGER USER`);
  await change("caches.cleared", "caches.clear");
  expect(await partNamed("audit")).toMatchObject({
    state: "down",
    words: expect.stringContaining("not as it was written"),
  });
  await change("caches.clear", "caches.cleared");
  expect(await partNamed("audit")).toMatchObject({ state: "ok" });
});

test("without a worker that answers it is down; a process that says nothing is counted", async () => {
  const alone = new AbortController();
  keepPresence(
    {
      own: () => {
        throw new Error("it hangs");
      },
      clear: () => undefined,
    },
    systemClock,
    alone.signal,
  );
  await expect.poll(async () => (await partNamed("workers")).figures.silent, { timeout: 20_000 }).toBe(1);
  expect(await partNamed("workers")).toMatchObject({ state: "degraded" });
  alone.abort();
  here.abort();
  await expect.poll(async () => (await partNamed("workers")).state, { timeout: 20_000 }).toBe("down");
});

test("who may not read the system is refused", async () => {
  await expect(perform(showHealth, as("viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
});
