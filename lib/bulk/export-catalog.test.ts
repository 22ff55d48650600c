import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tenantClient } from "@/lib/schema/testing-folder";
import { migrationsOf } from "./export-catalog";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

test("a record of migrations without end is read in bounds", async () => {
  const tenant = await control.makeTenant("amber");
  await control.sql(
    `CREATE VIEW _prisma_migrations AS SELECT lpad(n::text, 1000, '0') AS migration_name, now() AS finished_at,
       NULL::timestamptz AS rolled_back_at FROM generate_series(1, 10100) AS n; GRANT SELECT ON _prisma_migrations TO PUBLIC`,
    [],
    tenant.database,
  );
  const client = await tenantClient(control, tenant);
  const names = await migrationsOf(client);
  await client.end();
  expect(names).toHaveLength(10_000);
  expect(names?.at(-1)).toHaveLength(255);
});
