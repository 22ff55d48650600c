import type pg from "pg";
import { quoteName } from "@/lib/platform/postgres";

/** A tenant's statement, by its database. */
export type SlowStatement = { database: string; statement: string; calls: number; meanMs: number; totalMs: number };

/** What a server counts over all of its databases, and its slow statements; null without pg_stat_statements. */
export type ServerCounts = {
  cacheHit: number | null;
  tempBytes: number;
  deadlocks: number;
  countedSince: Date | null;
  long: { statements: number; longestSeconds: number | null };
  slow: SlowStatement[] | null;
};

const counts = `
  SELECT CASE WHEN sum(blks_hit + blks_read) > 0 THEN (100 * sum(blks_hit) / sum(blks_hit + blks_read))::float8 END AS "cacheHit",
         sum(temp_bytes)::float8 AS "tempBytes", sum(deadlocks)::float8 AS deadlocks, max(stats_reset) AS "countedSince"
    FROM pg_stat_database`;

const running = `
  SELECT count(*)::int AS statements, max(extract(epoch FROM now() - query_start))::float8 AS "longestSeconds"
    FROM pg_stat_activity
   WHERE state = 'active' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
     AND query_start < now() - interval '1 second'`;

/** Reads a server's counters. Statements that may hold a secret (anything but reading and writing rows) are left out. */
export async function countsOf(client: pg.Client, databases: string[], limit: number): Promise<ServerCounts> {
  const [sums] = (await client.query<Omit<ServerCounts, "long" | "slow">>(counts)).rows;
  const [long] = (await client.query<ServerCounts["long"]>(running)).rows;
  if (!sums || !long) throw new Error("The server told no counters.");
  return { ...sums, long, slow: await slowOf(client, databases, limit) };
}

async function slowOf(client: pg.Client, databases: string[], limit: number): Promise<SlowStatement[] | null> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
      WHERE e.extname = 'pg_stat_statements' AND current_setting('shared_preload_libraries') LIKE '%pg_stat_statements%'`,
  );
  const [extension] = rows;
  if (!extension) return null;
  const found = await client.query<SlowStatement>(
    `SELECT d.datname AS database, left(s.query, 300) AS statement, s.calls, s.mean_exec_time AS "meanMs",
            s.total_exec_time AS "totalMs"
       FROM ${quoteName(extension.schema)}.pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
      WHERE d.datname = ANY ($1) AND s.query ~* '^\\s*(select|insert|update|delete|merge|with)\\M'
      ORDER BY s.mean_exec_time DESC, s.queryid LIMIT $2`,
    [databases, limit],
  );
  return found.rows;
}
