/** What is measured of a tenant. The key is the `metric_type` in storage and the column in `tenant_usage_latest`. */
export const metrics = {
  cpu: { label: "CPU", unit: "percent of one core", short: "%", digits: 1 },
  memory: { label: "Memory (backends)", unit: "MiB", short: "MiB", digits: 1 },
  buffers: { label: "Shared buffers", unit: "MiB", short: "MiB", digits: 1 },
  storage: { label: "Storage", unit: "MiB", short: "MiB", digits: 2 },
  requests: { label: "Requests", unit: "per second", short: "/s", digits: 1 },
  transactions: { label: "Transactions", unit: "per second", short: "/s", digits: 1 },
  connections: { label: "Connections", unit: "count", short: "", digits: 0 },
  cacheHit: { label: "Cache hits", unit: "percent", short: "%", digits: 1 },
  latency: { label: "Response time", unit: "milliseconds, mean", short: "ms", digits: 1 },
  pooled: { label: "App connections", unit: "count", short: "", digits: 0 },
  waits: { label: "Waits for a connection", unit: "per second", short: "/s", digits: 1 },
  waitTime: { label: "Time waited", unit: "milliseconds, mean", short: "ms", digits: 1 },
  errors: { label: "Errors", unit: "per second", short: "/s", digits: 2 },
  appCpu: { label: "App CPU", unit: "percent of one core", short: "%", digits: 1 },
  appMemory: { label: "App memory", unit: "MiB", short: "MiB", digits: 1 },
} as const satisfies Record<string, { label: string; unit: string; short: string; digits: number }>;

export type Metric = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as [Metric, ...Metric[]];

/** A metric's column in storage, or what its columns begin with: cacheHit is cache_hit. It stands in SQL: letters alone. */
export function columnOf(metric: string): string {
  if (!/^[a-zA-Z]+$/.test(metric)) throw new Error(`${metric} is no metric`);
  return metric.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A value as it is stored: rounded to the digits of its metric. */
export function rounded(metric: Metric, value: number): number {
  const factor = 10 ** metrics[metric].digits;
  return Math.round(value * factor) / factor;
}

/** How a value was measured: stored with every sample and shown with every figure. */
export const sources = {
  proc: "CPU time of the tenant's backends, from /proc/<pid>/stat",
  active_time: "time spent executing statements, from pg_stat_database (database load, not CPU)",
  pss_anon: "anonymous memory of the tenant's backends, shared pages split, from /proc/<pid>/smaps_rollup",
  statm: "memory of the tenant's backends less what is shared or file-backed, from /proc/<pid>/statm",
  pg_buffercache: "the tenant's pages in shared buffers, from pg_buffercache",
  pg_database_size: "size on disk, from pg_database_size()",
  pg_stat_database: "movement of the counters in pg_stat_database",
  pg_stat_activity: "sessions in pg_stat_activity",
  runtime: "requests seen by the tenant runtime",
  runtime_pools: "connections and waits of the app processes that use the tenant runtime",
  otlp: "sent by the tenant's app over OpenTelemetry's protocol (OTLP)",
  generated: "made up for the demonstration: nobody measured it",
} as const satisfies Record<string, string>;

export type Source = keyof typeof sources;

export const sourceNames = Object.keys(sources) as [Source, ...Source[]];

/** Seconds between two collection rounds over a server. */
export const tickSeconds = 2;

/** Seconds after which an unchanged value is written again, so that a gap can be told from a constant. */
export const heartbeatSeconds = 60;

/** Milliseconds for which a tenant's value stands: it is written again each heartbeat, so a longer silence is a gap. */
export const tenantHold = 2.5 * heartbeatSeconds * 1000;

/** Milliseconds for which a server's tick stands: it is written each round. */
export const fleetHold = 5 * tickSeconds * 1000;

/** A server whose last tick is older than this many seconds has stale figures. */
export const staleSeconds = 10;

/** An app process that has said nothing for this many seconds is silent: killed, hanging, or cut off. */
export const silentSeconds = 15;
