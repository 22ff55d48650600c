import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { tenantClient, testFolder } from "@/lib/schema/testing-folder";
import { findAction } from "./actions";
import { retryRun } from "./retry-run";
import { itemsOf, makeRun, workUntilRest } from "./testing-runs";

const folder = testFolder();
process.env.TENANT_MIGRATIONS = folder.path;

let control: TestControl;
const tenants: TestTenant[] = [];
beforeAll(async () => {
  control = await testControl();
  for (let number = 0; number < 12; number++) tenants.push(await control.makeTenant(`shop-${number}`));
});
afterAll(async () => {
  folder.remove();
  await control.close();
});

const at = (number: number): TestTenant => {
  const found = tenants[number];
  if (!found) throw new Error("There is no such tenant.");
  return found;
};
const begins = {
  action: "migrate",
  input: { lockTimeoutMs: 200 },
  canary: 4,
  options: { attempts: 2, failureBudget: { count: 1 } },
};
const reached = async () => {
  const found = await Promise.all(
    tenants.map(({ database }) =>
      control.sql(
        "SELECT to_regclass('orders') IS NOT NULL AND to_regclass('_prisma_migrations') IS NOT NULL AS it",
        [],
        database,
      ),
    ),
  );
  return found.map(({ rows }) => rows[0]?.it);
};

test("a canary with a conflicting object and a held lock stops the run; with both gone, a retry ends green", async () => {
  for (const tenant of tenants) {
    const client = await tenantClient(control, tenant);
    await client.query("CREATE TABLE visits (id int)");
    await client.end();
  }
  folder.write("20260101000000_orders", "CREATE TABLE orders (id int); ALTER TABLE visits ADD COLUMN seen int;");
  await control.sql("CREATE TABLE orders (theirs int)", [], at(1).database);
  const holder = await tenantClient(control, at(2));
  await holder.query("BEGIN; LOCK TABLE visits");
  const run = await makeRun(tenants, begins);
  expect(await workUntilRest(run, findAction)).toBe("paused");
  const { items, counts } = await itemsOf(run);
  expect(counts).toEqual({ done: 2, failed: 2, pending: 8 });
  expect(items[1]).toMatchObject({ status: "failed", attempts: 1 });
  expect(items[1]?.words).toContain('relation "orders" already exists');
  expect(items[2]).toMatchObject({ status: "failed", attempts: 2 });
  expect(items[2]?.words).toContain("lock timeout");
  expect((await reached()).filter(Boolean)).toHaveLength(3);
  await control.sql("DROP TABLE orders", [], at(1).database);
  await holder.end();
  await perform(retryRun, as("system"), { id: run });
  expect(await workUntilRest(run, findAction)).toBe("finished");
  expect((await itemsOf(run)).counts).toEqual({ done: 12 });
  expect(await reached()).toEqual(Array(12).fill(true));
  const errors = await controlDb().tenantSchema.count({ where: { error: { not: null } } });
  expect(errors).toBe(0);
});
