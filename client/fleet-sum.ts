import { type Source, sourceNames, staleSeconds } from "@/lib/kernel/metrics";
import { type FleetMetric, fleetMetrics, type ServerTick } from "@/lib/metrics/contract";
import type { Usage } from "@/lib/tenants/shapes";

/** The fleet's figures: each server's newest tick, added up. */
export type FleetSum = Record<FleetMetric, number | null> & { cpuSource: string | null; memorySource: string | null };

/**
 * Adds up the servers' newest ticks, leaving out those that are stale.
 * Null while a server may still be missing, since a total must not look smaller than it is.
 */
export function sumTicks(ticks: readonly ServerTick[], now: number, servers: number): FleetSum | null {
  const fresh = ticks.filter((tick) => now - Date.parse(tick.at) <= staleSeconds * 1000);
  if (fresh.length < servers) return null;
  const add = (name: FleetMetric) => {
    const values = fresh.map((tick) => tick[name]).filter((value) => value !== null);
    return values.length > 0 ? values.reduce((total, value) => total + value, 0) : null;
  };
  const sums = Object.fromEntries(fleetMetrics.map((name) => [name, add(name)])) as Record<FleetMetric, number | null>;
  return { ...sums, cpuSource: fresh[0]?.cpuSource ?? null, memorySource: fresh[0]?.memorySource ?? null };
}

const usualSource = {
  cpu: "proc",
  memory: "pss_anon",
  buffers: "pg_buffercache",
  storage: "pg_database_size",
  requests: "runtime",
  transactions: "pg_stat_database",
  connections: "pg_stat_activity",
} as const satisfies Partial<Record<keyof Usage, Source>>;

/** The sum as the overview's totals; a source that the tick doesn't name stays what it was. */
export function totalsOf(sum: FleetSum, before: Usage): Usage {
  const totals: Usage = { ...before };
  for (const metric of Object.keys(usualSource) as (keyof typeof usualSource)[]) {
    const value = sum[metric];
    if (value === null) delete totals[metric];
    else totals[metric] = { value, source: tickSource(metric, sum) ?? before[metric]?.source ?? usualSource[metric] };
  }
  return totals;
}

function tickSource(metric: string, sum: FleetSum): Source | null {
  const name = metric === "cpu" ? sum.cpuSource : metric === "memory" ? sum.memorySource : null;
  return sourceNames.find((source) => source === name) ?? null;
}
