import type pg from "pg";

/** What became of the sessions of a tenant. */
export type Ended = { ended: number /** Sessions that this administrator may not end: a superuser's. */; left: number };

/**
 * Sessions in a tenant's database, and of its role wherever it is, but those by which Tenantry itself works. Autovacuum
 * and other workers of PostgreSQL are no sessions. (Who may not see statistics sees no kinds; those workers have no role.)
 */
const sessions = `
  SELECT a.pid, me.rolsuper OR (NOT them.rolsuper AND (pg_has_role(me.oid, them.oid, 'USAGE')
                                 OR pg_has_role(me.oid, 'pg_signal_backend', 'USAGE'))) AS ours_to_end
    FROM pg_stat_activity a
    JOIN pg_roles me ON me.rolname = current_user
    JOIN pg_roles them ON them.oid = a.usesysid
   WHERE (a.datname = $1 OR a.usename = $2) AND coalesce(a.backend_type, 'client backend') IN ('client backend', 'walsender')
     AND a.pid <> pg_backend_pid() AND NOT (a.usename = current_user AND a.application_name ~ '^tenantry')`;

const question = `
  WITH theirs AS MATERIALIZED (${sessions})
  SELECT count(*) FILTER (WHERE CASE WHEN ours_to_end THEN pg_terminate_backend(pid) END)::int AS ended,
         count(*) FILTER (WHERE NOT ours_to_end)::int AS left FROM theirs`;

/** Ends every session of a tenant that the administrator may end. */
export async function endSessions(admin: pg.Client, tenant: { database: string; role: string }): Promise<Ended> {
  const { rows } = await admin.query<Ended>(question, [tenant.database, tenant.role]);
  return rows[0] ?? { ended: 0, left: 0 };
}
