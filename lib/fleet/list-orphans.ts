import type pg from "pg";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { appRole } from "@/lib/platform/app-role";
import { env } from "@/lib/platform/env";
import { askServers } from "@/lib/servers/ask-servers";
import { type Orphan, orphansContract } from "./contract";

export const listOrphans = operation(orphansContract, async ({ db, now }, { server }) => {
  const rows = await db.server.findMany({
    where: { removedAt: null, ...(server !== undefined && { id: server }) },
    orderBy: { name: "asc" },
  });
  if (server !== undefined && rows.length === 0) throw new AppError("not_found", "There is no such server.");
  // Sizes look at every file of a database.
  const answers = await askServers(
    rows,
    (client, { adminDatabase, adminUser }) => strangers(client, adminDatabase, adminUser),
    10_000,
  );
  // After the servers: what was made meanwhile is in the registry now.
  const tenants = await db.tenant.findMany({
    where: { deletedAt: null },
    select: { id: true, serverId: true, database: true, role: true },
  });
  const alive = new Set(tenants.map(({ id }) => id));
  const taken = new Set(
    tenants.flatMap(({ serverId, database, role }) => [`${serverId} database ${database}`, `${serverId} role ${role}`]),
  );
  const orphans = answers.flatMap(({ server: { id, name }, answer }) =>
    (answer ?? []).flatMap((one) => {
      const madeFor = /^tenantry(?:-visit)?:([0-9a-f-]{36})$/.exec(one.mark ?? "")?.[1] ?? null;
      if (taken.has(`${id} ${one.kind} ${one.name}`) || (madeFor !== null && alive.has(madeFor))) return [];
      return [viewOf({ id, name }, one, madeFor)];
    }),
  );
  const unasked = answers.flatMap(({ server: { id, name }, error }) =>
    error === null ? [] : [{ server: { id, name }, error }],
  );
  return { orphans, unasked, at: now().toISOString() };
});

type Stranger = Pick<Orphan, "kind" | "name" | "owner" | "canSignIn" | "bytes" | "sessions"> & {
  mark: string | null;
  lastAt: Date | null;
};

function viewOf(server: Orphan["server"], one: Stranger, madeFor: string | null): Orphan {
  const { mark, lastAt, ...facts } = one;
  const made = madeFor !== null;
  return { server, ...facts, made, madeFor, lastActivityAt: lastAt?.toISOString() ?? null, todo: todo(one, made) };
}

function todo({ kind, sessions }: Stranger, made: boolean): string {
  if (sessions > 0)
    return `It is in use by ${sessions} ${sessions === 1 ? "session" : "sessions"}: find out by whom first.`;
  if (kind === "database" && made)
    return "Its tenant is gone. Take a backup, look what is in it, then drop it by hand.";
  if (kind === "database") return "Adopt it as a tenant's, or leave it: Tenantry does not touch it.";
  if (made) return "Its tenant is gone. See what it owns, then drop it by hand.";
  return "Nobody's here. If it is not yours either, take its sign-in away.";
}

/** Databases that are nobody's own, and roles that may sign in or bear a mark; PostgreSQL's and Tenantry's own are left out. */
async function strangers(client: pg.Client, adminDatabase: string, adminUser: string): Promise<Stranger[]> {
  const control = new URL(env().DATABASE_URL);
  const ours = [adminDatabase, "postgres", decodeURIComponent(control.pathname.slice(1))];
  const databases = await client.query<Stranger>(
    `SELECT 'database' AS kind, datname AS name, pg_get_userbyid(datdba) AS owner, NULL::boolean AS "canSignIn",
            CASE WHEN has_database_privilege(d.oid, 'CONNECT') THEN pg_database_size(d.oid) END AS bytes,
            shobj_description(d.oid, 'pg_database') AS mark, s.sessions, s.at AS "lastAt"
       FROM pg_database d CROSS JOIN LATERAL (
         SELECT count(*)::int AS sessions, max(state_change) AS at FROM pg_stat_activity a
          WHERE a.datid = d.oid AND a.backend_type = 'client backend') s
      WHERE NOT datistemplate AND datname <> ALL ($1)
        AND coalesce(shobj_description(d.oid, 'pg_database'), '') <> 'tenantry-scratch' ORDER BY datname LIMIT 2000`,
    [ours],
  );
  const roles = await client.query<Stranger>(
    `SELECT 'role' AS kind, rolname AS name, NULL::text AS owner, rolcanlogin AS "canSignIn", NULL::float8 AS bytes,
            shobj_description(r.oid, 'pg_authid') AS mark, s.sessions, s.at AS "lastAt"
       FROM pg_roles r CROSS JOIN LATERAL (
         SELECT count(*)::int AS sessions, max(state_change) AS at FROM pg_stat_activity a WHERE a.usesysid = r.oid) s
      WHERE rolname !~ '^pg_' AND NOT rolsuper AND rolname <> ALL ($1)
        AND (rolcanlogin OR shobj_description(r.oid, 'pg_authid') LIKE 'tenantry%') ORDER BY rolname LIMIT 2000`,
    [[adminUser, appRole, decodeURIComponent(control.username)]],
  );
  return [...databases.rows, ...roles.rows];
}
