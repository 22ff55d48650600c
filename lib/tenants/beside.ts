import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { quoteName, quoteText, type ServerAccess, sqlState, withAdmin } from "@/lib/platform/postgres";
import { endSessions } from "./sessions";
import { mark } from "./steps";

/** Whose database is made anew: the next one is made beside it, and takes its place when it is whole. */
export type Replaced = { id: string; database: string; role: string };

/** The names of the database that is being made for a tenant, and of the one that was replaced. */
export const besideNames = (database: string) => ({ next: `${database}_new`, last: `${database}_old` });

/** One of two numbers of the advisory lock under which a tenant's database is replaced; the other is the hash of its id. */
const replaceLock = 72707371;

/**
 * Runs `work` while nobody else makes a database beside this tenant's, or takes one away. The lock is the session's:
 * whoever was cut off holds it until its last statement has ended.
 */
export async function besideAlone<T>(admin: pg.Client, tenantId: string, work: () => Promise<T>): Promise<T> {
  await admin.query("SELECT pg_advisory_lock($1, hashtext($2))", [replaceLock, tenantId]);
  try {
    return await work();
  } finally {
    await admin.query("SELECT pg_advisory_unlock($1, hashtext($2))", [replaceLock, tenantId]).catch(() => undefined);
  }
}

/**
 * The connection limit, as good as none, with which a database beside is made: by it one is known that was cut off before
 * it had its comment, since both can't be written in one transaction.
 */
const unmarkedLimit = replaceLock;

/** Drops what was made beside a tenant's database: one that was never whole, and one that was replaced. */
export async function dropBeside(admin: pg.Client, tenant: Replaced): Promise<void> {
  for (const name of Object.values(besideNames(tenant.database))) {
    if (!(await isOurs(admin, name, tenant))) continue;
    // Its owner can make it a template, which can't be dropped.
    await admin.query(`ALTER DATABASE ${quoteName(name)} IS_TEMPLATE false`);
    await admin.query(`DROP DATABASE IF EXISTS ${quoteName(name)} WITH (FORCE)`);
  }
}

/**
 * Whether a database beside is there and was made for the tenant: by the mark in its comment, or because it is the tenant's
 * own role's, which can make none itself. Throws `conflict` for somebody else's, such as an administrator's copy.
 */
async function isOurs(admin: pg.Client, name: string, tenant: Replaced): Promise<boolean> {
  const { rows } = await admin.query<{ ours: boolean; owner: string }>(
    `SELECT owner, CASE owner WHEN $2 THEN coalesce(comment, $3) = $3
                              WHEN current_user THEN coalesce(comment = $3, datconnlimit = $4) ELSE false END AS ours
       FROM (SELECT pg_get_userbyid(datdba) AS owner, shobj_description(oid, 'pg_database') AS comment, datconnlimit
               FROM pg_database WHERE datname = $1) AS found`,
    [name, tenant.role, mark(tenant.id), unmarkedLimit],
  );
  const [found] = rows;
  if (!found) return false;
  if (found.ours) return true;
  const words = `The database ${name} is in the way: it belongs to ${found.owner} and was not made for this tenant.`;
  throw new AppError("conflict", words);
}

/**
 * Makes an empty database beside a tenant's, as closed as its own. The administrator is in it only before the tenant
 * can be. Returns its id on the server, which it keeps whatever its name.
 */
export async function makeBeside(admin: pg.Client, server: ServerAccess, tenant: Replaced): Promise<number> {
  const { next } = besideNames(tenant.database);
  const [database, role] = [quoteName(next), quoteName(tenant.role)];
  await admin.query(`CREATE DATABASE ${database} CONNECTION LIMIT ${unmarkedLimit}`);
  await admin.query(`COMMENT ON DATABASE ${database} IS ${quoteText(mark(tenant.id))}`);
  await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  const close = `REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO ${role}`;
  await withAdmin(server, async (inside) => void (await inside.query(close)), next);
  await admin.query(`GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${database} TO ${role}`);
  await admin.query(`ALTER DATABASE ${database} OWNER TO ${role}`);
  const made = await databaseId(admin, next);
  if (made === null)
    throw new AppError("unavailable", `The database ${next} went while it was made.`, { retryAfter: 5 });
  return made;
}

/** A database's id on its server; null where there is none of this name. */
export async function databaseId(admin: pg.Client, name: string): Promise<number | null> {
  const { rows } = await admin.query<{ id: string }>("SELECT oid::int8 AS id FROM pg_database WHERE datname = $1", [
    name,
  ]);
  return rows[0] ? Number(rows[0].id) : null;
}

/**
 * Puts the database beside in the place of the tenant's own, in one transaction: there is always one of its name, the
 * one or the other. Sessions in both end. `open` is whether the tenant may be let in afterwards.
 */
export async function swapBeside(admin: pg.Client, tenant: Replaced, open: boolean): Promise<void> {
  const { next, last } = besideNames(tenant.database);
  const limit = (name: string, most: number) => `ALTER DATABASE ${quoteName(name)} CONNECTION LIMIT ${most}`;
  const rename = (from: string, to: string) => `ALTER DATABASE ${quoteName(from)} RENAME TO ${quoteName(to)}`;
  const own = tenant.database;
  await admin.query(limit(own, 0));
  await admin.query(limit(next, 0));
  try {
    for (const database of [own, next]) await endSessions(admin, { database, role: tenant.role });
    await admin.query(`BEGIN; ${rename(own, last)}; ${rename(next, own)}; ${limit(own, open ? -1 : 0)}; COMMIT`);
  } catch (cause) {
    await admin.query("ROLLBACK").catch(() => undefined);
    if (open) await admin.query(limit(own, -1)).catch(() => undefined);
    if (sqlState(cause) !== "55006") throw cause;
    const words = `Somebody is in the database ${own} who can't be shut out. End that session, and try again.`;
    throw new AppError("unavailable", words, { cause, retryAfter: 5 });
  }
}

/** Drops what is left beside a tenant's database, unless somebody works on it right now. Returns whether it could look. */
export async function tidyBeside(server: ServerAccess, tenant: Replaced): Promise<boolean> {
  return await withAdmin(server, async (admin) => {
    const lock = [replaceLock, tenant.id];
    const { rows } = await admin.query("SELECT pg_try_advisory_lock($1, hashtext($2)) AS held", lock);
    if (rows[0]?.held === true) await dropBeside(admin, tenant);
    return rows[0]?.held === true;
  });
}

/** The tenants of these beside whose databases something is left on a server. */
export async function withBeside<T extends Replaced>(admin: pg.Client, tenants: readonly T[]): Promise<T[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database
      WHERE datname ~ '_(new|old)$' AND shobj_description(oid, 'pg_database') LIKE 'tenantry:%'`,
  );
  const found = new Set(rows.map(({ name }) => name));
  return found.size === 0
    ? []
    : tenants.filter(({ database }) => Object.values(besideNames(database)).some((name) => found.has(name)));
}
