import { controlDb } from "@/lib/platform/prisma";
import type { TestControl } from "@/lib/platform/testing";

/** For tests: writes a past's end into the demo's row, and the marks that make tenants the demo's. */
export async function markDemo(tenants: { id: string; slug: string }[]): Promise<void> {
  for (const { id, slug } of tenants) await controlDb().demoTenant.create({ data: { tenantId: id, slug } });
}

/** For tests: drops the databases and roles of every tenant in the registry that the test did not make by hand. */
export async function dropTenants(control: TestControl): Promise<void> {
  const { rows } = await control.sql("SELECT database, role FROM tenants WHERE deleted_at IS NULL");
  for (const { database, role } of rows) {
    await control.sql(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`, [], "postgres");
    await control.sql(`DROP ROLE IF EXISTS "${role}"`, [], "postgres");
  }
}

/** For tests: which tables still hold a row of one of these tenants, whatever tables there are. */
export async function tablesWith(control: TestControl, ids: string[]): Promise<string[]> {
  const { rows } = await control.sql(
    `SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'`,
  );
  const held: string[] = [];
  for (const { name } of rows) {
    const found = await control.sql(`SELECT 1 FROM "${name}" WHERE tenant_id = ANY($1) LIMIT 1`, [ids]);
    if (found.rowCount) held.push(name);
  }
  return held.sort();
}
