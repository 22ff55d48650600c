import type pg from "pg";
import { quoteName } from "@/lib/platform/postgres";
import { locksDatabase } from "./rules";
import type { TenantStatus } from "./shapes";

type Owned = { database: string; role: string; adopted: boolean };

/**
 * Makes PostgreSQL itself hold to a status. Locked: the role may not log in, the database takes no connection but an
 * administrator's, and the sessions that are there end. Otherwise both are open again. An adopted database has an owner
 * and users of its own: there only the tenant's role is shut out.
 */
export async function enforceStatus(admin: pg.Client, tenant: Owned, status: TenantStatus): Promise<void> {
  const locked = locksDatabase(status);
  if (await exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = $1", tenant.role)) {
    await admin.query(`ALTER ROLE ${quoteName(tenant.role)} ${locked ? "NOLOGIN" : "LOGIN"}`);
  }
  const own = !tenant.adopted && (await exists(admin, "SELECT 1 FROM pg_database WHERE datname = $1", tenant.database));
  if (own) await admin.query(`ALTER DATABASE ${quoteName(tenant.database)} CONNECTION LIMIT ${locked ? 0 : -1}`);
  if (locked) await endSessions(admin, tenant.role, own ? tenant.database : null);
}

/** Ends every session of a role, wherever it is, and all in a database but the caller's own. */
async function endSessions(admin: pg.Client, role: string, database: string | null): Promise<void> {
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE (usename = $1 OR datname = $2) AND pid <> pg_backend_pid()`,
    [role, database],
  );
}

async function exists(admin: pg.Client, question: string, name: string): Promise<boolean> {
  return (await admin.query(question, [name])).rowCount === 1;
}
