import type pg from "pg";
import { systemClock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { quoteName, quoteText, withAdmin } from "@/lib/platform/postgres";
import { applyMigrations, usualLimits } from "@/lib/schema/apply";
import { readMigrations } from "@/lib/schema/folder";
import { createRole } from "./role-steps";
import { recordSchema } from "./schema-record";
import { connectAsTenant } from "./secret";
import { mark, type Step, type StepContext } from "./steps";

const createDatabase: Step = {
  name: "create_database",
  label: "Create the database",
  run: async ({ admin, tenant }) => {
    const { rows } = await admin.query<{ owner: string }>(
      "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1",
      [tenant.database],
    );
    if (rows[0] && rows[0].owner !== tenant.role) {
      throw new AppError(
        "conflict",
        `The database ${tenant.database} exists on the server and belongs to ${rows[0].owner}.`,
      );
    }
    const database = quoteName(tenant.database);
    if (!rows[0]) await admin.query(`CREATE DATABASE ${database} OWNER ${quoteName(tenant.role)}`);
    await admin.query(`COMMENT ON DATABASE ${database} IS ${quoteText(mark(tenant.id))}`);
  },
};

const lockDown: Step = {
  name: "lock_down",
  label: "Close it to everybody else",
  run: async ({ admin, server, tenant }) => {
    const role = quoteName(tenant.role);
    await admin.query(`REVOKE ALL ON DATABASE ${quoteName(tenant.database)} FROM PUBLIC`);
    await admin.query(`GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${quoteName(tenant.database)} TO ${role}`);
    const close = `REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO ${role}`;
    await withAdmin(server, async (inside) => void (await inside.query(close)), tenant.database);
  },
};

const migrate: Step = {
  name: "migrate",
  label: "Apply the schema migrations",
  run: async (context) => {
    const folder = readMigrations(env().TENANT_MIGRATIONS);
    await asTenant(context, async (client) => {
      const standing = await applyMigrations(client, folder, { ...usualLimits, runId: null });
      await recordSchema({ tenantId: context.tenant.id, at: systemClock(), standing, error: null });
    });
  },
};

const verify: Step = {
  name: "verify",
  label: "Sign in as the tenant and check its rights",
  run: async (context) => {
    await asTenant(context, async (client) => {
      const { rows } = await client.query(`
        SELECT current_user AS role, current_database() AS database,
               rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS powerful
        FROM pg_roles WHERE rolname = current_user`);
      const { role, database, powerful } = rows[0] ?? {};
      if (role === context.tenant.role && database === context.tenant.database && powerful === false) return;
      throw new AppError(
        "internal",
        "The tenant's role is not what it should be: it has rights beyond its own database.",
      );
    });
  },
};

/** How a tenant's database and role come to be. */
export const provisionSteps: readonly Step[] = [createRole, createDatabase, lockDown, migrate, verify];

async function asTenant({ server, tenant }: StepContext, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await connectAsTenant(server, tenant);
  try {
    await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
