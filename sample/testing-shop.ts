import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { TestControl, TestTenant } from "@/lib/platform/testing";

const folder = "prisma/tenant/migrations";

/** For tests: a real tenant whose database has the shop's schema, owned by the tenant's role, with no rows. */
export async function makeShop(control: TestControl, slug: string): Promise<TestTenant> {
  const tenant = await control.makeTenant(slug);
  const client = await openShop(control, tenant);
  const migrations = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const name of migrations.map((entry) => entry.name).sort())
    await client.query(readFileSync(join(folder, name, "migration.sql"), "utf8"));
  await client.end();
  return tenant;
}

/** For tests: a connection to a tenant's database as the tenant's role. */
export async function openShop({ access }: TestControl, tenant: TestTenant): Promise<pg.Client> {
  const { database, role: user, password } = tenant;
  const client = new pg.Client({ host: access.host, port: access.port, database, user, password });
  await client.connect();
  return client;
}
