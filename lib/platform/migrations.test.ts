import { afterAll, beforeAll, expect, test } from "vitest";
import { applyMigrations, pendingSql } from "./migrations";
import { type TestControl, testControl } from "./testing";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

test("the migrations make exactly what schema.prisma says", async () => {
  expect(await pendingSql(control.url)).toBe("");
});

test("a difference is told as the SQL that would mend it", async () => {
  await control.sql('ALTER TABLE tenants DROP COLUMN "status_reason"');
  expect(await pendingSql(control.url)).toContain('ADD COLUMN     "status_reason" TEXT');
});

test("migrations that are applied are not applied again, and leave Prisma's own record", async () => {
  expect(await applyMigrations(control.url)).toEqual([]);
  const { rows } = await control.sql("SELECT migration_name, finished_at FROM _prisma_migrations ORDER BY 1");
  expect(rows.length).toBeGreaterThanOrEqual(2);
  expect(rows.every((row) => row.finished_at instanceof Date)).toBe(true);
});

test("PUBLIC may not connect to a control database", async () => {
  const acl = "SELECT has_database_privilege('pg_monitor', 'control_template', 'CONNECT') AS anybody";
  expect((await control.sql(acl)).rows).toEqual([{ anybody: false }]);
});

test("usage tables have a partition for today and the next two days", async () => {
  const { rows } = await control.sql(
    "SELECT count(*)::int AS n FROM pg_inherits WHERE inhparent = 'tenant_usage_logs'::regclass",
  );
  expect(rows[0].n).toBe(4);
});
