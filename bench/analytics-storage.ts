import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { rollMinutes } from "@/lib/history/roll-up-minutes";
import type { Source } from "@/lib/kernel/metrics";
import { writeTick } from "@/lib/metrics/write-tick";
import { controlDb } from "@/lib/platform/prisma";
import type { Usage } from "@/lib/tenants/shapes";
import { rolled as columns, generated } from "./analytics-data";
import { percentile, round } from "./measuring";
import type { OwnPostgres } from "./own-postgres";

const metrics = Object.keys(generated) as (keyof typeof generated)[];

/** Rows and bytes of each level; a rolled-up row stands for a sample of each metric that was generated. */
export async function sizes({
  sql,
}: OwnPostgres): Promise<Record<string, { rows: number; bytes: number; perSample: number; tableOnly: number }>> {
  const found: Record<string, { rows: number; bytes: number; perSample: number; tableOnly: number }> = {};
  for (const [name, table] of [
    ["raw", "tenant_usage_logs"],
    ["minute", "tenant_usage_minutes"],
    ["hour", "tenant_usage_hours"],
    ["day", "tenant_usage_days"],
  ] as const) {
    const { rows } = await sql(
      `SELECT sum(pg_total_relation_size(inhrelid))::float8 AS bytes, sum(pg_table_size(inhrelid))::float8 AS bare,
              (SELECT count(*) FROM ${table})::float8 AS rows FROM pg_inherits WHERE inhparent = '${table}'::regclass`,
    );
    const [{ bytes, bare, rows: count }] = rows;
    const samples = name === "raw" ? count : count * columns.length;
    found[name] = { rows: count, bytes, perSample: round(bytes / samples), tableOnly: round(bare / samples) };
  }
  return found;
}

/** A collector's tick in which every metric of every tenant changed, in milliseconds; the median of some. */
export async function tickOf(own: OwnPostgres, ids: string[]): Promise<{ ms: number; rows: number }> {
  const control = new pg.Pool({ connectionString: own.url("control"), max: 1 });
  const source: Source = "proc";
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const value = (): number => Math.round(Math.random() * 1e5) / 1e3;
    const logs = ids.flatMap((tenantId) =>
      metrics.map((metric) => ({ tenantId, metric, value: value(), unit: generated[metric], source })),
    );
    const latest = new Map(
      ids.map((id): [string, Usage] => [
        id,
        Object.fromEntries(
          metrics.map((metric) => [metric, { value: value(), unit: generated[metric], source }]),
        ) as Usage,
      ]),
    );
    const none = { buffers: null, transactions: null, connections: null, cpuSource: "proc", memorySource: "pss_anon" };
    const totals = { cpu: 1, cpuUnattributed: 1, memory: 1, memoryUnattributed: 1, storage: 1, requests: 1, ...none };
    const started = performance.now();
    await writeTick(control, {
      serverId: own.serverId,
      at: new Date(),
      durationMs: 1,
      totals,
      changes: { logs, latest },
    });
    times.push(performance.now() - started);
  }
  await control.end();
  return { ms: round(percentile(times, 0.5)), rows: ids.length * metrics.length };
}

/** Rows a second that COPY brings into the indexed table, from a file of the server's. */
export async function copied({ sql }: OwnPostgres, rows: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "tenantry-bench-copy-"));
  chmodSync(folder, 0o777);
  const file = join(folder, "rows");
  const columns = "tenant_id, metric_type, value, unit, recorded_at, source";
  await sql(
    `COPY (SELECT tenant_id, metric_type, value, unit, now(), source FROM tenant_usage_logs LIMIT ${rows}) TO '${file}'`,
  );
  const started = performance.now();
  await sql(`COPY tenant_usage_logs (${columns}) FROM '${file}'`);
  const seconds = (performance.now() - started) / 1000;
  rmSync(folder, { recursive: true, force: true });
  return Math.round(rows / seconds);
}

/** Rolling up one minute of all tenants from raw rows, in milliseconds; the median of some. */
export async function rolled(now: Date): Promise<number> {
  const times: number[] = [];
  for (let back = 2; back < 7; back++) {
    const from = new Date(now.getTime() - back * 60_000);
    const started = performance.now();
    await controlDb().$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT set_config('work_mem', '128MB', true), set_config('jit', 'off', true)`;
        await rollMinutes(tx, { from, to: new Date(from.getTime() + 60_000) });
      },
      { timeout: 300_000 },
    );
    times.push(performance.now() - started);
  }
  return round(percentile(times, 0.5));
}

/** Dropping the oldest partition of raw rows, in milliseconds. */
export async function dropped({ sql }: OwnPostgres): Promise<{ ms: number; rows: number }> {
  const { rows } = await sql(
    `SELECT inhrelid::regclass::text AS name, c.reltuples::float8 AS rows FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid
      WHERE inhparent = 'tenant_usage_minutes'::regclass AND c.relname ~ '_\\d{8}$' AND c.reltuples > 0 ORDER BY 1 LIMIT 1`,
  );
  const [oldest] = rows;
  if (!oldest) return { ms: Number.NaN, rows: 0 };
  const started = performance.now();
  await sql(`DROP TABLE ${oldest.name}`);
  return { ms: round(performance.now() - started), rows: oldest.rows };
}
