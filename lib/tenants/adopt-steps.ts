import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { quoteName, withAdmin } from "@/lib/platform/postgres";
import { createRole } from "./role-steps";
import type { Step } from "./steps";

const findDatabase: Step = {
  name: "find_database",
  label: "Find the database",
  run: async ({ admin, tenant }) => {
    const { rowCount } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1 AND NOT datistemplate", [
      tenant.database,
    ]);
    if (rowCount !== 1) throw new AppError("not_found", `There is no database ${tenant.database} on the server.`);
  },
};

const grantAccess: Step = {
  name: "grant_access",
  label: "Give the tenant's role its rights",
  run: async ({ server, tenant }) => {
    await withAdmin(server, (inside) => grantEverything(inside, tenant.role), tenant.database);
  },
};

const closeToOthers: Step = {
  name: "close_to_others",
  label: "Close it to roles that have nothing in it",
  run: async ({ server, tenant }) => {
    await withAdmin(server, (inside) => closeDatabase(inside, tenant.database, tenant.role), tenant.database);
  },
};

/** How an existing database becomes a tenant's: its data, owner and the roles that work in it stay as they are. */
export const adoptSteps: readonly Step[] = [findDatabase, createRole, grantAccess, closeToOthers];

const ownSchemas = "nspname !~ '^pg_' AND nspname <> 'information_schema'";

async function grantEverything(inside: pg.Client, tenantRole: string): Promise<void> {
  const role = quoteName(tenantRole);
  const { rows } = await inside.query<{ schema: string; owner: string }>(
    `SELECT nspname AS schema, pg_get_userbyid(nspowner) AS owner FROM pg_namespace WHERE ${ownSchemas}`,
  );
  await inside.query("BEGIN");
  for (const row of rows) {
    const schema = quoteName(row.schema);
    await inside.query(`GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role}`);
    for (const kind of ["TABLES", "SEQUENCES", "ROUTINES"]) {
      await inside.query(`GRANT ALL ON ALL ${kind} IN SCHEMA ${schema} TO ${role}`);
    }
  }
  await inside.query("COMMIT");
}

/**
 * PUBLIC may connect to any new database, so also other tenants' roles may. It loses that here; whoever owns
 * something in the database, or is connected now, gets the right by name, so that nobody who works in it is cut off.
 */
async function closeDatabase(inside: pg.Client, name: string, tenantRole: string): Promise<void> {
  const database = quoteName(name);
  const { rows } = await inside.query<{ role: string }>(`
    SELECT DISTINCT pg_get_userbyid(relowner) AS role FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace WHERE ${ownSchemas}
    UNION SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()
    UNION SELECT usename FROM pg_stat_activity WHERE datname = current_database() AND usename IS NOT NULL`);
  await inside.query("BEGIN");
  await inside.query(`REVOKE CONNECT, TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
  for (const role of new Set([tenantRole, ...rows.map((row) => row.role)])) {
    await inside.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${quoteName(role)}`);
  }
  await inside.query("COMMIT");
}
