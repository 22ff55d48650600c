import { operation } from "@/lib/gate/operation";
import { env } from "@/lib/platform/env";
import { withAdmin } from "@/lib/platform/postgres";
import type { Db } from "@/lib/platform/prisma";
import { serverAccess } from "./access";
import { listServerDatabasesContract } from "./contract";
import { findServer } from "./find-server";

export const listServerDatabases = operation(listServerDatabasesContract, async (ctx, { id }) => {
  return { databases: await adoptableDatabases(ctx.db, id) };
});

export type AdoptableDatabase = { name: string; owner: string; bytes: number | null };

/** The databases on a server that a tenant could be made of: not PostgreSQL's, not Tenantry's own, nobody's yet. */
export async function adoptableDatabases(db: Db, serverId: string): Promise<AdoptableDatabase[]> {
  const server = await findServer(db, serverId);
  const owned = await db.tenant.findMany({ where: { serverId, deletedAt: null }, select: { database: true } });
  const control = decodeURIComponent(new URL(env().DATABASE_URL).pathname.slice(1));
  const taken = [server.adminDatabase, "postgres", control, ...owned.map((tenant) => tenant.database)];
  return await withAdmin(await serverAccess(server), async (admin) => {
    const { rows } = await admin.query<AdoptableDatabase>(
      `SELECT datname AS name, pg_get_userbyid(datdba) AS owner,
              CASE WHEN has_database_privilege(oid, 'CONNECT') THEN pg_database_size(oid) END AS bytes
       FROM pg_database WHERE datallowconn AND NOT datistemplate AND datname <> ALL ($1)
         AND coalesce(shobj_description(oid, 'pg_database'), '') NOT LIKE 'tenantry:%' ORDER BY datname`,
      [taken],
    );
    return rows;
  });
}
