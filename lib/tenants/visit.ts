import { randomBytes } from "node:crypto";
import type pg from "pg";
import { randomToken } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import {
  connect,
  quoteName,
  quoteText,
  roleConfig,
  type ServerAccess,
  sqlState,
  withAdmin,
} from "@/lib/platform/postgres";

export type Visited = { id: string; role: string; database: string; adopted: boolean };

/** One of two numbers of the advisory lock that a visit holds; the other is the hash of the tenant's id. */
export const visitLock = 72707370;

const markOf = (tenantId: string): string => `tenantry-visit:${tenantId}`;

/** A visit's role can sign in for so many milliseconds at most. */
export const longestVisitMs = 15 * 60_000;

/**
 * Works as a tenant's role in a database that its status locks: as a login role made for this one visit, which is a member
 * of the tenant's role and has no other right. An administrator's session must not do it: whatever the tenant left there
 * (a trigger, a function) would run with the administrator's rights as soon as it says RESET ROLE.
 *
 * `use` gets that role's only session. A lock in the administrator's database is held
 * meanwhile: who finds such a role without it knows that the visit was cut off.
 */
export async function visit<T>(
  server: ServerAccess,
  tenant: Visited,
  settings: pg.ClientConfig,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return await withAdmin(server, async (admin) => {
    await admin.query("SELECT pg_advisory_lock($1, hashtext($2))", [visitLock, tenant.id]);
    await endVisits(admin, server, tenant);
    const visitor = await makeVisitor(admin, server, tenant);
    try {
      const client = await connect({ ...visitor, ...settings });
      try {
        await client.query(`SET ROLE ${quoteName(tenant.role)}`);
        return await use(client);
      } finally {
        await client.end().catch(() => undefined);
      }
    } finally {
      // What became of the work counts; what is left here is removed when statuses are next compared.
      await endVisits(admin, server, tenant).catch((error: unknown) =>
        log().warn({ database: tenant.database, error: String(error) }, "a visit left something behind"),
      );
    }
  });
}

async function makeVisitor(admin: pg.Client, server: ServerAccess, tenant: Visited): Promise<pg.ClientConfig> {
  const [name, password] = [`tenantry_visit_${randomBytes(8).toString("hex")}`, randomToken()];
  const role = quoteName(name);
  // The server's clock counts, and CREATE ROLE takes no expression.
  const { rows } = await admin.query<{ until: string; super: boolean }>(
    `SELECT (now() + $1 * interval '1 ms')::text AS until, rolsuper AS super FROM pg_roles WHERE rolname = current_user`,
    [longestVisitMs],
  );
  const until = quoteText(rows[0]?.until ?? "now");
  await admin.query(`BEGIN;
    CREATE ROLE ${role} LOGIN PASSWORD ${quoteText(password)} VALID UNTIL ${until} CONNECTION LIMIT 1
      IN ROLE ${quoteName(tenant.role)};
    COMMENT ON ROLE ${role} IS ${quoteText(markOf(tenant.id))};
    ${rows[0]?.super ? "" : `GRANT ${role} TO CURRENT_USER;`}
    COMMIT`);
  if (!tenant.adopted) await setLimit(admin, tenant, 1);
  return roleConfig(server, { user: name, password, database: tenant.database });
}

/**
 * Removes the roles of a tenant's visits with what they may have left, and puts the database's limit back to what the
 * tenant's role says: it may have been let in again meanwhile, or have changed it. The caller holds the lock.
 */
export async function endVisits(admin: pg.Client, server: ServerAccess, tenant: Visited): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles WHERE shobj_description(oid, 'pg_authid') = $1",
    [markOf(tenant.id)],
  );
  for (const { name } of rows) await removeVisitor(admin, server, name, tenant);
  if (tenant.adopted) return;
  const state = await admin.query<{ login: boolean; limit: number }>(
    `SELECT r.rolcanlogin AS login, d.datconnlimit AS limit FROM pg_roles r, pg_database d
     WHERE r.rolname = $1 AND d.datname = $2`,
    [tenant.role, tenant.database],
  );
  const { login, limit } = state.rows[0] ?? {};
  if (limit !== undefined && !holdsLimit(limit, login === true)) await setLimit(admin, tenant, login ? -1 : 0);
}

/** Whether a database's limit is right for its status: 1 is a visit's, any other that is not 0 may be somebody's wish. */
export const holdsLimit = (limit: number, open: boolean): boolean => (open ? limit !== 0 && limit !== 1 : limit === 0);

/** Whose visits left roles on a server, and whether those are so old that nobody can be at work by them any more. */
export async function visitedTenants(admin: pg.Client): Promise<Map<string, { old: boolean }>> {
  const { rows } = await admin.query<{ id: string; old: boolean }>(
    `SELECT split_part(shobj_description(oid, 'pg_authid'), ':', 2) AS id,
            bool_and(coalesce(rolvaliduntil < now(), false)) AS old
     FROM pg_roles WHERE shobj_description(oid, 'pg_authid') LIKE 'tenantry-visit:%' GROUP BY 1`,
  );
  return new Map(rows.map(({ id, old }) => [id, { old }]));
}

/** Removes a visit's role; what it owns in the database goes to the tenant's role, or else to the database's owner. */
async function removeVisitor(
  admin: pg.Client,
  server: ServerAccess,
  name: string,
  tenant: { database: string; role: string },
): Promise<void> {
  const role = quoteName(name);
  await admin.query(`ALTER ROLE ${role} NOLOGIN`);
  await admin.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = $1", [name]);
  try {
    await admin.query(`DROP ROLE ${role}`);
  } catch (error) {
    // 2BP01: what ran there said RESET ROLE and made something of its own; it becomes the tenant's.
    if (sqlState(error) !== "2BP01") throw error;
    await handOver(admin, server, name, tenant);
    await admin.query(`DROP ROLE ${role}`);
  }
}

/** As an administrator, but running nothing of the tenant's: changing an owner calls no trigger and no function. */
async function handOver(
  admin: pg.Client,
  server: ServerAccess,
  name: string,
  tenant: { database: string; role: string },
): Promise<void> {
  const { rows } = await admin.query<{ owner: string }>(
    `SELECT coalesce((SELECT rolname FROM pg_roles WHERE rolname = $1), pg_get_userbyid(datdba)) AS owner
     FROM pg_database WHERE datname = $2`,
    [tenant.role, tenant.database],
  );
  const [role, owner] = [quoteName(name), quoteName(rows[0]?.owner ?? tenant.role)];
  const give = (inside: pg.Client) => inside.query(`REASSIGN OWNED BY ${role} TO ${owner}; DROP OWNED BY ${role}`);
  await withAdmin(server, give, tenant.database);
}

async function setLimit(admin: pg.Client, tenant: Visited, limit: number): Promise<void> {
  await admin.query(`ALTER DATABASE ${quoteName(tenant.database)} CONNECTION LIMIT ${limit}`);
}
