import type pg from "pg";
import type { Backend, Counters } from "./collector";

/** What pg_stat_database says, by database oid, with the oid of every database by name. */
export type DatabaseReadings = { counters: Map<number, Counters>; oids: Map<string, number> };

// temp_bytes is left out of `writes`: temporary files are not in pg_database_size's folder of the database.
const databases = `
  SELECT datid, datname, xact_commit + xact_rollback AS transactions, blks_hit, blks_read,
         tup_inserted + tup_updated + tup_deleted AS writes, active_time / 1000 AS active,
         coalesce(extract(epoch FROM stats_reset)::text, '') AS reset
    FROM pg_stat_database WHERE datname IS NOT NULL`;

type DatabaseRow = [number, string, number, number, number, number, number, string];

/** Reads every database's cumulative counters. */
export async function readDatabases(client: pg.Client): Promise<DatabaseReadings> {
  const query = { name: "databases", text: databases, rowMode: "array" as const };
  const { rows } = await client.query<DatabaseRow>(query);
  const counters = new Map<number, Counters>();
  const oids = new Map<string, number>();
  for (const [datid, name, transactions, hits, reads, writes, activeSeconds, epoch] of rows) {
    counters.set(datid, { transactions, hits, reads, writes, activeSeconds, epoch });
    oids.set(name, datid);
  }
  return { counters, oids };
}

const activity = `
  SELECT pid, coalesce(datid, 0) AS datid, backend_type = 'client backend' AS client,
         CASE WHEN state = 'active' AND backend_type = 'client backend'
              THEN greatest(0, extract(epoch FROM clock_timestamp() - state_change))::float8 ELSE 0 END AS running,
         coalesce(extract(epoch FROM clock_timestamp() - state_change), 'infinity')::float8 AS quiet
    FROM pg_stat_activity`;

type ActivityRow = [number, number, boolean, number, number];

/** Reads every process of the server; those without a database have datid 0. */
export async function readBackends(client: pg.Client): Promise<Backend[]> {
  const query = { name: "activity", text: activity, rowMode: "array" as const };
  const { rows } = await client.query<ActivityRow>(query);
  return rows.map(([pid, datid, client, runningFor, quietFor]) => ({ pid, datid, client, runningFor, quietFor }));
}
