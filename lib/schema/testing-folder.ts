import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestControl, TestTenant } from "@/lib/platform/testing";

export type TestFolder = {
  path: string;
  write: (name: string, sql: string, down?: string) => void;
  remove: () => void;
};

/** A folder of migrations for one test file. */
export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "tenantry-migrations-"));
  writeFileSync(join(path, "migration_lock.toml"), 'provider = "postgresql"\n');
  return {
    path,
    write: (name, sql, down) => {
      mkdirSync(join(path, name), { recursive: true });
      writeFileSync(join(path, name, "migration.sql"), sql);
      if (down !== undefined) writeFileSync(join(path, name, "down.sql"), down);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** A connection as a test tenant's own role. */
export async function tenantClient({ access }: TestControl, tenant: TestTenant): Promise<pg.Client> {
  const { host, port } = access;
  const { role, password, database } = tenant;
  const client = new pg.Client({ host, port, user: role, password, database });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}
