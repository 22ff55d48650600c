import type { Metric } from "@/lib/kernel/metrics";
import type { Findings, Target } from "./collector";
import type { UsageState } from "./usage-state";

/** A row of server_ticks, less its id. Null is unknown. */
export type TickTotals = {
  cpu: number | null;
  cpuUnattributed: number | null;
  memory: number | null;
  memoryUnattributed: number | null;
  buffers: number | null;
  storage: number | null;
  requests: number | null;
  transactions: number | null;
  connections: number | null;
  cpuSource: string | null;
  memorySource: string | null;
};

/** Sums what a round found over a server's tenants; only known values count, and a sum of none is unknown. */
export function totalsOf(findings: Findings, targets: Target[], state: UsageState): TickTotals {
  const sum = (metric: Metric) => sumFound(findings, targets, metric);
  return {
    cpu: sum("cpu"),
    cpuUnattributed: findings.unattributed?.cpu ?? null,
    memory: sum("memory"),
    memoryUnattributed: findings.unattributed?.memory ?? null,
    buffers: sum("buffers"),
    storage: sumKnown(state, targets, "storage"),
    requests: sum("requests"),
    transactions: sum("transactions"),
    connections: sum("connections"),
    cpuSource: sourceOf(findings, "cpu"),
    memorySource: sourceOf(findings, "memory"),
  };
}

function sumFound(findings: Findings, targets: Target[], metric: Metric): number | null {
  const found = findings.values[metric];
  if (targets.length === 0 && found) return 0;
  let sum: number | null = null;
  for (const { id } of targets) {
    const value = found?.get(id)?.value;
    if (value !== undefined) sum = (sum ?? 0) + value;
  }
  return sum;
}

/** Databases are sized in turn, so a sum over one round's findings would grow for minutes after a restart. */
function sumKnown(state: UsageState, targets: Target[], metric: Metric): number | null {
  const values = targets.flatMap(({ id }) => state.known(id, metric)?.value ?? []);
  return values.length > 0 || targets.length === 0 ? values.reduce((sum, value) => sum + value, 0) : null;
}

function sourceOf(findings: Findings, metric: Metric): string | null {
  for (const measure of findings.values[metric]?.values() ?? []) if (measure) return measure.source;
  return null;
}
