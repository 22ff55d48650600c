import { isLate } from "@/lib/history/late";
import { columnOf, metricNames } from "@/lib/kernel/metrics";
import type { Usage } from "@/lib/tenants/shapes";
import type { Control } from "./control-questions";
import type { TickTotals } from "./totals";
import type { Changes, LogRow } from "./usage-state";

/** One round over a server, ready to be stored. */
export type Tick = { serverId: string; at: Date; durationMs: number; totals: TickTotals; changes: Changes };

const columns = metricNames.map(columnOf);

// One statement, so one round trip and one transaction: what it notifies about is all there or not at all.
const write = `
  WITH tick AS (
    INSERT INTO server_ticks (server_id, at, duration_ms, cpu, cpu_unattributed, memory, memory_unattributed, buffers,
                              storage, requests, transactions, connections, cpu_source, memory_source)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id
  ), logs AS (
    INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
    SELECT tenant_id, metric, value, unit, $2, source
      FROM unnest($15::uuid[], $16::text[], $17::float8[], $18::text[], $19::text[])
           AS log (tenant_id, metric, value, unit, source)
  ), latest AS (
    INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, sources, ${columns.join(", ")})
    SELECT changed.tenant_id, tick.id, $2, changed.sources::jsonb, ${columns.map((name) => `changed.${name}`).join(", ")}
      FROM tick, unnest($20::uuid[], $21::text[], ${columns.map((_, index) => `$${22 + index}::float8[]`).join(", ")})
           AS changed (tenant_id, sources, ${columns.join(", ")})
    ON CONFLICT (tenant_id) DO UPDATE SET tick_id = excluded.tick_id, changed_at = excluded.changed_at,
      sources = excluded.sources, ${columns.map((name) => `${name} = excluded.${name}`).join(", ")}
  ), late AS (
    INSERT INTO usage_late_minutes (subject_id, minute)
    SELECT subject, date_trunc('minute', $2::timestamptz, 'UTC')
      FROM (SELECT $1::uuid UNION SELECT unnest($15::uuid[])) AS touched (subject)
     WHERE ${isLate("$2::timestamptz")}
  ), before AS (
    SELECT id, last_error FROM servers WHERE id = $1
  ), server AS (
    UPDATE servers SET last_tick_at = $2, last_error = NULL, last_error_at = NULL WHERE id = $1
  )
  SELECT id::text, pg_notify('tenantry_tick', id::text),
         (SELECT pg_notify('tenantry_server', before.id::text) FROM before WHERE last_error IS NOT NULL)
    FROM tick`;

/** Stores a tick and tells every process about it; returns its id. */
export async function writeTick(control: Control, tick: Tick): Promise<string> {
  const { serverId, at, durationMs, totals, changes } = tick;
  const values = [serverId, at, durationMs, ...totalsColumns(totals), ...logColumns(changes.logs)];
  const { rows } = await control.query<{ id: string }>({
    name: "write-tick",
    text: write,
    values: [...values, ...latestColumns(changes.latest)],
  });
  return rows[0]?.id ?? "";
}

function totalsColumns(totals: TickTotals): (number | string | null)[] {
  const { cpu, cpuUnattributed, memory, memoryUnattributed, buffers, storage } = totals;
  const { requests, transactions, connections, cpuSource, memorySource } = totals;
  const used = [cpu, cpuUnattributed, memory, memoryUnattributed, buffers, storage];
  return [...used, requests, transactions, connections, cpuSource, memorySource];
}

function logColumns(logs: LogRow[]): (string | number)[][] {
  return [
    logs.map((log) => log.tenantId),
    logs.map((log) => log.metric),
    logs.map((log) => log.value),
    logs.map((log) => log.unit),
    logs.map((log) => log.source),
  ];
}

function latestColumns(latest: Map<string, Usage>): (string | number | null)[][] {
  const usages = [...latest.values()];
  return [
    [...latest.keys()],
    usages.map((usage) => JSON.stringify(sourcesOf(usage))),
    ...metricNames.map((metric) => usages.map((usage) => usage[metric]?.value ?? null)),
  ];
}

function sourcesOf(usage: Usage): Record<string, string> {
  return Object.fromEntries(metricNames.flatMap((name) => (usage[name] ? [[name, usage[name].source]] : [])));
}
