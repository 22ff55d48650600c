import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { testFolder } from "@/lib/schema/testing-folder";
import { queueRun } from "./queue";
import { killWorker, startWorker, until, untilFinished } from "./testing-killed";
import { itemsOf, makeRun } from "./testing-runs";

const count = 24;
const kills = 7;

let control: TestControl;
let worker: ChildProcess | undefined;
const tenants: TestTenant[] = [];

beforeAll(async () => {
  control = await testControl();
  for (let number = 0; number < count; number++) tenants.push(await control.makeTenant(`shop-${number}`));
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  await control.close();
});

test("each migration is applied exactly once although the worker is killed again and again", async () => {
  const folder = testFolder();
  folder.write(
    "20260101000000_once",
    `CREATE TABLE IF NOT EXISTS applied (at timestamptz NOT NULL DEFAULT clock_timestamp());
     SELECT pg_sleep(0.2); INSERT INTO applied DEFAULT VALUES;`,
  );
  const run = await makeRun(tenants, { action: "migrate", canary: 3, options: { concurrency: 2 } });
  await queueRun(controlDb(), run);
  const environment = { ...process.env, TENANT_MIGRATIONS: folder.path };
  let killed = 0;
  for (; killed < kills; killed++) {
    const since = new Date();
    const done = (await itemsOf(run)).counts.done ?? 0;
    worker = await startWorker(environment);
    // By turns when it has just begun something, when it has ended one item, and when it has ended two.
    await until(async () => {
      const begun = await controlDb().bulkItem.count({ where: { runId: run, startedAt: { gt: since } } });
      return begun > 0 && ((await itemsOf(run)).counts.done ?? 0) >= done + (killed % 3);
    });
    await killWorker(worker);
  }
  const { counts: midway } = await itemsOf(run);
  expect(midway.pending ?? 0).toBeGreaterThan(0);
  worker = await startWorker(environment);
  await untilFinished(run);
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: count });
  expect(items.every(({ attempts }) => attempts === 1)).toBe(true);
  expect(items.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(0);
  for (const { database } of tenants) {
    expect((await control.sql("SELECT 1 FROM applied", [], database)).rowCount).toBe(1);
    const { rows } = await control.sql(
      "SELECT migration_name, finished_at IS NOT NULL AS whole FROM _prisma_migrations",
      [],
      database,
    );
    expect(rows).toEqual([{ migration_name: "20260101000000_once", whole: true }]);
  }
  const told = await controlDb().tenantActivity.groupBy({
    by: ["tenantId"],
    where: { activityType: "migrated" },
    _count: true,
  });
  expect(told.map(({ _count }) => _count)).toEqual(Array(count).fill(1));
  expect(await controlDb().auditEvent.count({ where: { operation: "bulk.finished", target: run } })).toBe(1);
  folder.remove();
}, 180_000);
