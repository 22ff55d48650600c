import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { testFolder } from "@/lib/schema/testing-folder";
import { queueRun } from "./queue";
import { itemsOf, makeRun } from "./testing-runs";

const count = 5;
const kills = 4;

let control: TestControl;
let worker: ChildProcess | undefined;
const tenants: TestTenant[] = [];

beforeAll(async () => {
  control = await testControl();
  for (let number = 0; number < count; number++) {
    const tenant = await control.makeTenant(`mill-${number}`);
    await control.sql("CREATE TABLE old AS SELECT n FROM generate_series(1, 3) AS n", [], tenant.database);
    tenants.push(tenant);
  }
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  await control.close();
});

/** The real worker, in a process of its own, at the moment it is ready. */
async function startWorker(migrations: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/worker/main.ts"], {
    env: { ...process.env, TENANT_MIGRATIONS: migrations, BULK_LEASE_SECONDS: "1", NODE_ENV: "production" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** Which database a tenant has: the old with all its rows, or the new with all its migrations; never less than one. */
async function generation({ database }: TestTenant): Promise<string> {
  const { rows } = await control.sql(
    `SELECT to_regclass('old') IS NOT NULL AS old, to_regclass('first') IS NOT NULL AS first,
            to_regclass('second') IS NOT NULL AS second`,
    [],
    database,
  );
  const { old, first, second } = rows[0];
  if (old && !first && !second) {
    expect((await control.sql("SELECT 1 FROM old", [], database)).rowCount).toBe(3);
    return "old";
  }
  expect({ old, first, second }).toEqual({ old: false, first: true, second: true });
  const records = await control.sql("SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL", [], database);
  expect(records.rowCount).toBe(2);
  return "new";
}

test("a worker that is killed at any moment leaves the old database or the new one, and nothing beside at the end", async () => {
  const folder = testFolder();
  folder.write("20260101000000_first", "CREATE TABLE first (n int); SELECT pg_sleep(0.15)");
  folder.write("20260102000000_second", "CREATE TABLE second (n int); SELECT pg_sleep(0.15)");
  const run = await makeRun(tenants, { action: "reset", options: { concurrency: 2, timeoutSeconds: 60 } });
  await queueRun(controlDb(), run);
  for (let killed = 0; killed < kills; killed++) {
    const since = new Date();
    worker = await startWorker(folder.path);
    const begun = () => controlDb().bulkItem.count({ where: { runId: run, startedAt: { gt: since } } });
    await expect.poll(begun, { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
    await delay(Math.random() * 700);
    await kill(worker);
    for (const tenant of tenants) await generation(tenant);
    if ((await itemsOf(run)).counts.done === count) break;
  }
  worker = await startWorker(folder.path);
  await expect
    .poll(async () => (await controlDb().bulkRun.findUniqueOrThrow({ where: { id: run } })).status, { timeout: 90_000 })
    .toBe("finished");
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: count });
  expect(items.reduce((sum, { lost }) => sum + lost, 0)).toBeGreaterThan(0);
  for (const tenant of tenants) expect(await generation(tenant)).toBe("new");
  const { rows } = await control.sql("SELECT datname FROM pg_database WHERE datname = ANY($1)", [
    tenants.flatMap(({ database }) => [`${database}_new`, `${database}_old`]),
  ]);
  expect(rows).toEqual([]);
  folder.remove();
}, 240_000);
