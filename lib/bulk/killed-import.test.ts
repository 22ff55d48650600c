import type { ChildProcess } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { ImportHouse } from "./actions/testing-imports";
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

let house: ImportHouse;
let inRows: Stop & { loop: string };
let worker: ChildProcess | undefined;

beforeAll(async () => {
  house = await ImportHouse.open("CREATE TABLE notes (n int PRIMARY KEY);");
  inRows = await stopInside(house.control);
});
afterAll(async () => {
  worker?.kill("SIGKILL");
  await inRows.open();
  await house.close();
});

/** A tenant in whose database the last of the rows stands still while the stop is closed. */
async function slowShop(): Promise<TestTenant> {
  const tenant = await house.shop("slow");
  await house.as(tenant, (client) =>
    client.query(`
      CREATE FUNCTION waits(n int) RETURNS boolean LANGUAGE plpgsql AS
        $$ BEGIN IF n = 3000 THEN ${inRows.loop} END IF; RETURN true; END $$;
      ALTER TABLE notes ADD CHECK (waits(n))`),
  );
  return tenant;
}

const rowsOf = async ({ database }: TestTenant) =>
  Number((await house.control.sql("SELECT count(*)::int AS n FROM notes", [], database)).rows[0].n);

test("an import whose worker is killed amid the rows, and then behind its commit, is in the database once and whole", async () => {
  const tenant = await slowShop();
  const numbers = Array.from({ length: 3000 }, (_, n) => n + 1).join("\n");
  const upload = await house.uploaded(`COPY notes (n) FROM stdin;\n${numbers}\n\\.\n`);
  const run = await makeRun([tenant], { action: "import-data", input: { upload, position: 0, replace: false } });
  await queueRun(controlDb(), run);
  const item = async () => (await itemsOf(run)).items[0];
  const start = async () => {
    const { folder, migrations } = house;
    const settings = { EXPORT_DIR: folder, TENANT_MIGRATIONS: migrations.path, BULK_LEASE_SECONDS: "60" };
    worker = await startWorker({ ...process.env, ...settings });
    return worker;
  };

  // Amid the rows: they are in the table for nobody.
  await start().then(async (amid) => {
    await until(inRows.isReached);
    await killWorker(amid);
  });
  expect(await item()).toMatchObject({ status: "running", attempts: 1, lost: 0, saved: null, result: null });
  expect(await rowsOf(tenant)).toBe(0);
  await inRows.open();
  await lapseLeases(run);

  // Behind the commit, before anybody was told.
  const untold = await stopAtLock(house.control, "LOCK TABLE tenant_activities IN SHARE MODE", "UPDATE bulk_items");
  await start().then(async (behind) => {
    await until(untold.isReached);
    await killWorker(behind);
  });
  await untold.open();
  expect(await item()).toMatchObject({ status: "running", attempts: 1, lost: 1 });
  expect(await rowsOf(tenant)).toBe(3000);
  await house.control.sql("DELETE FROM notes WHERE n = 1", [], tenant.database);

  await lapseLeases(run);
  await start();
  await untilFinished(run);
  expect(await item()).toMatchObject({ status: "done", words: "Imported 3,000 rows.", attempts: 1, lost: 2 });
  // What the tenant changed meanwhile is as it left it: nothing was imported again.
  expect(await rowsOf(tenant)).toBe(2999);
  const log = await controlDb().bulkItemLog.findMany({ where: { runId: run }, orderBy: { at: "asc" } });
  expect(log.map(({ message }) => message)).toEqual([
    ...Array(2).fill("Its worker was lost; it is begun again."),
    "Imported 3,000 rows.",
  ]);
  const told = await controlDb().tenantActivity.count({ where: { tenantId: tenant.id, activityType: "imported" } });
  expect(told).toBe(1);
}, 180_000);
