import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { rollDay, rollHour } from "@/lib/history/roll-up-coarser";
import { ensureSpans, keptTables } from "@/lib/history/spans";
import { after, dayMs, hourMs } from "@/lib/history/watermarks";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import type { TestControl } from "@/lib/platform/testing";

/** A folder of a test's own. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), "tenantry-lake-"));

/** The begin of the day (UTC) so many days ago. */
export const daysAgo = (days: number): Date => new Date((Math.floor(Date.now() / dayMs) - days) * dayMs);

export const dayText = (at: Date): string => at.toISOString().slice(0, 10);

/** Rows of tenants, without databases, by their slugs; returns their ids. */
export async function makeRows(control: TestControl, tenants: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  for (const [slug, name] of Object.entries(tenants)) {
    const id = newId(new Date());
    await control.sql(
      `INSERT INTO tenants (id, slug, name, status, plan, region, server_id, database, role, secret, tags, updated_at)
       VALUES ($1, $2, $3, 'active', 'growth', 'eu-1', $4, $2, $2, '', '{pilot,"a, b"}', now())`,
      [id, slug, name, control.serverId],
    );
    ids.push(id);
  }
  return ids;
}

/**
 * Minutes of tenants over days as the roll-up leaves them, all levels and watermarks with them: CPU unknown between 3 and
 * 4 o'clock, cache hits known for half of each minute, response times never; by two sets of sources. `every`: minutes apart.
 */
export async function fillDays(control: TestControl, first: Date, days: number, ids: string[], every = 1) {
  const end = after(first, days * dayMs);
  await ensureSpans(controlDb(), keptTables, first, after(end, dayMs));
  await control.sql(
    `WITH known AS (
       INSERT INTO usage_source_sets (sources)
       VALUES ('{"cpu": "proc", "storage": "pg_database_size", "cacheHit": "pg_stat_database"}'),
              ('{"cpu": "active_time+proc", "storage": "pg_database_size"}')
       ON CONFLICT (sources) DO UPDATE SET sources = excluded.sources RETURNING id
     ), set AS (SELECT min(id) AS low, max(id) AS high FROM known)
     INSERT INTO tenant_usage_minutes (at, tenant_id, source_set, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last, storage_sum,
            storage_ms, storage_min, storage_max, storage_last, cache_hit_sum, cache_hit_ms, cache_hit_min, cache_hit_max, cache_hit_last)
     SELECT at, tenant, CASE WHEN n % 3 = 0 THEN low ELSE high END,
            cpu * 60000, 60000 + 0 * cpu::int, cpu - 0.5, cpu + 0.25, cpu, 0, 60000, 0, 0, 0,
            97.3 * 30000, 30000, 95.1, 99.9, 98
       FROM set, generate_series($1::timestamptz, $2::timestamptz - interval '1 minute', make_interval(mins => $4)) WITH ORDINALITY AS time (at, n),
            unnest($3::uuid[]) WITH ORDINALITY AS of (tenant, place),
            LATERAL (SELECT CASE WHEN date_part('hour', at AT TIME ZONE 'UTC') <> 3
                                 THEN 10 * place + round((n * 7919 % 613 / 61.0)::numeric, 1)::float8 END AS cpu) AS made`,
    [first, end, ids, every],
  );
  for (let at = first; at < end; at = after(at, hourMs))
    await rollHour(controlDb(), { from: at, to: after(at, hourMs) });
  for (let at = first; at < end; at = after(at, dayMs)) await rollDay(controlDb(), { from: at, to: after(at, dayMs) });
  await control.sql(
    `INSERT INTO usage_rollups (level, until) SELECT level, $1 FROM unnest('{minute,hour,day}'::text[]) AS level
     ON CONFLICT (level) DO UPDATE SET until = excluded.until`,
    [end],
  );
}

/** Asks DuckDB, in a database of its own in memory, after the statements of `before`; times come as ISO text, whole numbers as numbers. */
export async function duck(sql: string, before = ""): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    await connection.run(`SET TimeZone = 'UTC'; ${before}`);
    const answer = await connection.runAndReadAll(sql);
    return answer
      .getRowObjectsJS()
      .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plain(value)])));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  return value instanceof Date ? value.toISOString() : value;
}

/** All usage in a folder, as DuckDB's table. */
export const usageOf = (folder: string): string =>
  `read_parquet('${folder}/usage/*/*/*.parquet', hive_partitioning = true)`;
