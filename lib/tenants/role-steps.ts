import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { quoteName, quoteText, sqlState } from "@/lib/platform/postgres";
import { scramVerifier } from "@/lib/platform/scram";
import { tenantPassword } from "./secret";
import { mark, type Step, type StepContext } from "./steps";

/** Makes the tenant's login role, with nothing but what its own database gives it. */
export const createRole: Step = {
  name: "create_role",
  label: "Create a least-privilege role",
  run: async ({ admin, tenant }) => {
    const owner = await roleMark(admin, tenant.role);
    if (owner !== undefined && owner !== mark(tenant.id)) {
      throw new AppError("conflict", `The role ${tenant.role} exists on the server and was not made for this tenant.`);
    }
    const password = await scramVerifier(await tenantPassword(tenant));
    await admin.query("BEGIN");
    try {
      if (owner === undefined) await createMarkedRole(admin, tenant);
      await admin.query(
        `ALTER ROLE ${quoteName(tenant.role)} LOGIN NOCREATEDB NOCREATEROLE PASSWORD ${quoteText(password)}`,
      );
      await admin.query("COMMIT");
    } catch (error) {
      await admin.query("ROLLBACK").catch(() => undefined);
      throw error;
    }
  },
};

async function createMarkedRole(admin: pg.Client, tenant: StepContext["tenant"]): Promise<void> {
  const role = quoteName(tenant.role);
  await admin.query(`CREATE ROLE ${role}`);
  await admin.query(`COMMENT ON ROLE ${role} IS ${quoteText(mark(tenant.id))}`);
  const { rows } = await admin.query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user");
  // An administrator who is no superuser has to be a member of a role to give it a database.
  if (rows[0]?.rolsuper === false) await admin.query(`GRANT ${role} TO CURRENT_USER`);
}

/** Removes the tenant's role, if it is the tenant's. */
export const dropRole: Step = {
  name: "drop_role",
  label: "Drop the role",
  run: async ({ admin, tenant }) => {
    if ((await roleMark(admin, tenant.role)) !== mark(tenant.id)) return;
    try {
      await admin.query(`DROP ROLE IF EXISTS ${quoteName(tenant.role)}`);
    } catch (cause) {
      if (sqlState(cause) !== "2BP01") throw cause;
      throw new AppError(
        "conflict",
        `The role ${tenant.role} still owns something or holds grants in another database.`,
        { cause },
      );
    }
  },
};

/** Whom a role was made for: undefined when there is no such role, "" when it carries no mark. */
export async function roleMark(admin: pg.Client, role: string): Promise<string | undefined> {
  const { rows } = await admin.query<{ mark: string | null }>(
    "SELECT shobj_description(oid, 'pg_authid') AS mark FROM pg_roles WHERE rolname = $1",
    [role],
  );
  return rows[0] && (rows[0].mark ?? "");
}
