import type { ChildProcess } from "node:child_process";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { killWorker, startWorker, stopAtLock, until } from "@/lib/bulk/testing-killed";
import { makeRun } from "@/lib/bulk/testing-runs";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { demoTenants } from "@/sample/shapes";
import { loadDemo } from "./load-demo";
import { makePast } from "./past";
import { removeDemo } from "./remove-demo";
import { dropTenants, tablesWith } from "./testing-demo";
import { keepTraffic } from "./traffic";
import { demoViewOf } from "./view";

let control: TestControl;
let worker: ChildProcess | undefined;
let namesake: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  control = await testControl();
  await keepTraffic(controlDb(), true);
  namesake = await control.makeTenant("nordlys");
  other = await control.makeTenant("bystander");
}, 60_000);
afterAll(async () => {
  worker?.kill("SIGKILL");
  await dropTenants(control);
  await control.close();
});

const view = () => demoViewOf(controlDb());
const stepIs = async (name: string) =>
  (await view()).steps.some((one) => one.name === name && one.status === "running");

/** Starts a worker and ends it as a power cut would, as soon as something is so. */
async function cutWhen(so: () => Promise<boolean>): Promise<void> {
  worker = await startWorker(process.env);
  await until(so);
  await killWorker(worker);
}

test("loading goes on wherever its worker was killed, and makes everything once", async () => {
  await perform(loadDemo, as("owner"), {});
  await cutWhen(async () => (await controlDb().demoTenant.count()) >= 3);
  await cutWhen(async () => (await view()).tenants.filter(({ status }) => status === "active").length >= 4);
  await cutWhen(async () => (await controlDb().demoRun.count()) >= 2);
  expect((await view()).state).toBe("loading");
  worker = await startWorker(process.env);
  await until(() => stepIs("shops"));
  const { tenants, leftOut } = await view();
  const expected = demoTenants.map(({ slug }) => slug).filter((slug) => slug !== "nordlys");
  expect(tenants.map(({ slug }) => slug)).toEqual(expected.sort());
  expect(tenants.every(({ status }) => status === "active")).toBe(true);
  expect(leftOut).toEqual(["nordlys"]);
  const runs = await controlDb().bulkRun.findMany({ orderBy: { plannedAt: "asc" } });
  expect(runs.map(({ action, status }) => `${action} ${status}`)).toEqual([
    "tag finished",
    "set-limits finished",
    "vacuum finished",
    "deactivate planned",
  ]);
  const touched = await controlDb().bulkItem.findMany({ distinct: "tenantId", select: { tenantId: true } });
  const own = tenants.map(({ id }) => id);
  expect(touched.every(({ tenantId }) => own.includes(tenantId))).toBe(true);
}, 240_000);

test("it is loaded once it has its past", async () => {
  const client = new pg.Client({ connectionString: control.url });
  await client.connect();
  expect(await makePast(client, systemClock())).toBe(11);
  await client.end();
  // The worker waits for shops to be filled, which no sample app does here: the next one finds that all have a past.
  if (worker) await killWorker(worker);
  worker = await startWorker(process.env);
  await until(async () => (await view()).state === "loaded");
  await killWorker(worker);
}, 120_000);

test("removing goes on wherever its worker was killed, and takes the demo's own alone", async () => {
  const { tenants } = await view();
  const ids = tenants.map(({ id }) => id);
  const places = await controlDb().tenant.findMany({ where: { id: { in: ids } } });
  const [kept] = tenants;
  if (!kept) throw new Error("there is no demo tenant");
  const others = await makeRun([kept, other]);
  await controlDb().bulkItem.updateMany({ where: { runId: others }, data: { status: "done" } });
  await controlDb().bulkRun.update({ where: { id: others }, data: { status: "finished" } });
  const counts = async () =>
    (
      await control.sql("SELECT count(*)::int AS n FROM tenant_activities WHERE tenant_id = ANY($1)", [
        [namesake.id, other.id],
      ])
    ).rows[0].n;
  const before = await counts();

  await perform(removeDemo, as("system"), {});
  await cutWhen(async () => (await view()).tenants.length <= 8);
  const stop = await stopAtLock(
    control,
    "SELECT pg_advisory_xact_lock(hashtextextended('tenantry_history', 0))",
    "pg_advisory_xact_lock.*::text",
  );
  await cutWhen(() => stop.isReached());
  await stop.open();
  expect((await view()).state).toBe("removing");
  worker = await startWorker(process.env);
  await until(async () => (await view()).state === "removed");

  expect(
    await tablesWith(
      control,
      ids.filter((id) => id !== kept.id),
    ),
  ).toEqual([]);
  // As any tenant that was purged, for the sake of the run.
  expect(await tablesWith(control, [kept.id])).toEqual(["bulk_items", "tenant_schemas", "tenant_steps"]);
  const { rows } = await control.sql("SELECT id, deleted_at, created_at FROM tenants WHERE id = ANY($1)", [ids]);
  // Its made-up past is gone: it was made when its id was.
  const made = new Date(Number.parseInt(kept.id.replaceAll("-", "").slice(0, 12), 16));
  expect(rows).toEqual([{ id: kept.id, deleted_at: expect.any(Date), created_at: made }]);
  expect(await controlDb().bulkRun.findMany({ select: { id: true } })).toEqual([{ id: others }]);
  const databases = await control.sql("SELECT datname FROM pg_database WHERE datname = ANY($1)", [
    places.map(({ database }) => database),
  ]);
  const roles = await control.sql("SELECT rolname FROM pg_roles WHERE rolname = ANY($1)", [
    places.map(({ role }) => role),
  ]);
  expect([...databases.rows, ...roles.rows]).toEqual([]);
  const generated = `SELECT 1 FROM server_usage_hours h JOIN usage_source_sets s ON s.id = h.source_set
                      WHERE s.sources->>'cpu' = 'generated'`;
  expect((await control.sql(generated)).rowCount).toBe(0);

  for (const { id, slug, database } of [namesake, other]) {
    expect(await controlDb().tenant.findUnique({ where: { id } })).toMatchObject({ slug, deletedAt: null });
    expect((await control.sql("SELECT 1 FROM pg_database WHERE datname = $1", [database])).rowCount).toBe(1);
  }
  expect(await counts()).toBe(before);
}, 240_000);

test("it can be loaded again", async () => {
  await perform(loadDemo, as("owner"), {});
  await until(async () => (await view()).tenants.filter(({ status }) => status === "active").length === 11);
  await perform(removeDemo, as("system"), {});
  await until(async () => (await view()).state === "removed");
  expect(await controlDb().tenant.count({ where: { deletedAt: null } })).toBe(2);
}, 240_000);
