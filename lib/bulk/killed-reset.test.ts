import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { type TestFolder, testFolder } from "@/lib/schema/testing-folder";
import { queueRun } from "./queue";
import {
  killWorker,
  lapseLeases,
  type Stop,
  startWorker,
  stopAtLock,
  stopInside,
  until,
  untilFinished,
} from "./testing-killed";
import { itemsOf, makeRun } from "./testing-runs";

let control: TestControl;
let folder: TestFolder;
let worker: ChildProcess | undefined;
const tenants: TestTenant[] = [];

beforeAll(async () => {
  control = await testControl();
  folder = testFolder();
  for (let number = 0; number < 3; number++) {
    const tenant = await control.makeTenant(`mill-${number}`);
    await control.sql("CREATE TABLE old AS SELECT n FROM generate_series(1, 3) AS n", [], tenant.database);
    tenants.push(tenant);
  }
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  folder.remove();
  await control.close();
});

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

/** What there is of a tenant's databases, without their common beginning. */
async function databases({ database }: TestTenant): Promise<string[]> {
  const { rows } = await control.sql("SELECT datname FROM pg_database WHERE datname LIKE $1 ORDER BY 1", [
    `${database}%`,
  ]);
  return rows.map(({ datname }) => String(datname).slice(database.length));
}

const idOf = async ({ database }: TestTenant) =>
  (await control.sql("SELECT oid FROM pg_database WHERE datname = $1", [database])).rows[0]?.oid;

test("a worker that is killed at any step leaves the old database or the new one, and nothing beside at the end", async () => {
  const [tenant] = tenants;
  if (!tenant) throw new Error("No tenant was made.");
  const [inFirst, inSecond] = [await stopInside(control), await stopInside(control)];
  folder.write("20260101000000_first", `CREATE TABLE first (n int); DO $$ BEGIN ${inFirst.loop} END $$`);
  folder.write("20260102000000_second", `CREATE TABLE second (n int); DO $$ BEGIN ${inSecond.loop} END $$`);
  const run = await makeRun(tenants, { action: "reset", options: { concurrency: 1, timeoutSeconds: 60 } });
  await queueRun(controlDb(), run);

  /** Begins a worker, waits until it stands still here, and kills it. What it left is what is said. */
  async function killAt(stop: Stop, left: { generation: string; databases: string[] }): Promise<void> {
    const worker = await startingWorker();
    await until(stop.isReached);
    await killWorker(worker);
    expect(await generation(tenant as TestTenant)).toBe(left.generation);
    expect(await databases(tenant as TestTenant)).toEqual(left.databases);
    const { items } = await itemsOf(run);
    expect(items[0]).toMatchObject({ status: "running", finishedAt: null });
    await stop.open();
    await lapseLeases(run);
  }
  const startingWorker = async () => {
    worker = await startWorker({ ...process.env, BULK_LEASE_SECONDS: "60", TENANT_MIGRATIONS: folder.path });
    return worker;
  };

  const before = await idOf(tenant);
  await killAt(inFirst, { generation: "old", databases: ["", "_new"] });
  await killAt(inSecond, { generation: "old", databases: ["", "_new"] });
  const shut = `ALTER DATABASE "${tenant.database}" CONNECTION LIMIT`;
  const atSwap = await stopAtLock(control, `${shut} -1`, `^${shut} 0`);
  await killAt(atSwap, { generation: "old", databases: ["", "_new"] });
  expect(await idOf(tenant)).toBe(before);
  const atEnd = await stopAtLock(control, "LOCK TABLE tenant_activities IN SHARE MODE", "UPDATE bulk_items");
  await killAt(atEnd, { generation: "new", databases: [""] });

  // What the tenant writes into its new database meanwhile is not taken from it again.
  const made = await idOf(tenant);
  await control.sql("INSERT INTO first VALUES (7)", [], tenant.database);
  await startingWorker();
  await untilFinished(run);
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: tenants.length });
  expect(items.map(({ lost }) => lost)).toEqual([4, 0, 0]);
  expect(items.every(({ attempts }) => attempts === 1)).toBe(true);
  for (const one of tenants) expect([await generation(one), await databases(one)]).toEqual(["new", [""]]);
  expect(await idOf(tenant)).toBe(made);
  expect((await control.sql("SELECT n FROM first", [], tenant.database)).rows).toEqual([{ n: 7 }]);
}, 240_000);
