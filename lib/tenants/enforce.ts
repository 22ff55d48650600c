import type pg from "pg";
import { quoteName } from "@/lib/platform/postgres";
import type { TenantStatus } from "./contract";
import { locksDatabase } from "./rules";

type Owned = { database: string; role: string };

/**
 * Makes PostgreSQL itself hold to a status. Locked: the role may not log in, the database takes no connection but an
 * administrator's, and the sessions that are there end. Otherwise both are open again.
 */
export async function enforceStatus(admin: pg.Client, tenant: Owned, status: TenantStatus): Promise<void> {
  const locked = locksDatabase(status);
  if (await exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = $1", tenant.role)) {
    await admin.query(`ALTER ROLE ${quoteName(tenant.role)} ${locked ? "NOLOGIN" : "LOGIN"}`);
  }
  if (!(await exists(admin, "SELECT 1 FROM pg_database WHERE datname = $1", tenant.database))) return;
  await admin.query(`ALTER DATABASE ${quoteName(tenant.database)} CONNECTION LIMIT ${locked ? 0 : -1}`);
  if (locked) await endSessions(admin, tenant.database);
}

/** Ends every session in a database but the caller's own. */
export async function endSessions(admin: pg.Client, database: string): Promise<void> {
  await admin.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()",
    [database],
  );
}

async function exists(admin: pg.Client, question: string, name: string): Promise<boolean> {
  return (await admin.query(question, [name])).rowCount === 1;
}
