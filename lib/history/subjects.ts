import { columnOf, fleetHold, metricNames, tenantHold } from "@/lib/kernel/metrics";

/** What is rolled up: tenants from their samples, servers from their ticks. */
export type Subject = {
  /** What its tables' names begin with: `<table>_minutes`, `_hours`, `_days`. */
  table: "tenant_usage" | "server_usage";
  /** The column that tells one from another. */
  key: "tenant_id" | "server_id";
  /** Columns' names without `_sum`, `_ms`, `_min`, `_max` and `_last`; a sample's number is its index here. */
  columns: readonly string[];
  /** The metrics' names in sets of sources, in the same order. */
  names: readonly string[];
  /**
   * SQL: the values of a time from $1 to before $2 and of those in $3 (all where that is null). Columns: subject, metric
   * (its number), value, source, at, ends (what ended it, if anything) and next_at (the next value), in Unix milliseconds.
   */
  values: string;
  /** Milliseconds for which a value stands, unless the next comes sooner. */
  hold: number;
};

/** SQL: whole Unix milliseconds; times are kept in milliseconds, so nothing is lost. */
export const msOf = (time: string) => `round(date_part('epoch', ${time}) * 1000)::bigint`;

/** SQL: what counts as a sample. Neither NaN nor infinity does, and a single-precision column does not hold 1e300. */
export const isValue = (value: string) => `abs(${value}) < 3e38`;
// Nor does it hold 1e-300.
const inReal = (value: string) => `CASE WHEN abs(${value}) < 1e-30 THEN 0 ELSE ${value} END`;

const samplesFrom = (begin: string, end: string) => `
  FROM tenant_usage_logs log
 WHERE log.recorded_at ${begin} AND log.recorded_at < ${end} AND ${isValue("log.value")}
   AND ($3::uuid[] IS NULL OR log.tenant_id = ANY ($3::uuid[]))`;

// Of what was before, only the newest of each series matters: the greatest of arrays that begin with time and id, so that
// what is most of the rows is neither sorted nor read twice. A series' older sources are ended by its newest.
// Of several at the same time the last is the one with the highest id; the others stand for no time at all.
const tenantValues = `
  SELECT subject, metric, value, source, at, lead(at) OVER sample AS ends, lead(at) OVER sample AS next_at
    FROM (SELECT log.tenant_id AS subject, known.metric, ${inReal("log.value")} AS value, log.source, log.id, log.at
            FROM (SELECT tenant_id, metric_type, source, ${msOf("recorded_at")} AS at, id, value
                  ${samplesFrom(">= $1::timestamptz", "$2::timestamptz")}
                  UNION ALL
                  SELECT tenant_id, metric_type, source, round(newest[1] * 1000)::bigint, newest[2]::bigint, newest[3]
                    FROM (SELECT tenant_id, metric_type, source,
                                 max(ARRAY[date_part('epoch', recorded_at), id, value]) AS newest
                          ${samplesFrom(`> $1::timestamptz - interval '${tenantHold} milliseconds'`, "$1::timestamptz")}
                           GROUP BY tenant_id, metric_type, source) AS carried) AS log
            JOIN (VALUES ${metricNames.map((name, index) => `('${name}', ${index})`).join(", ")})
                 AS known (name, metric) ON known.name = log.metric_type) AS sample
  WINDOW sample AS (PARTITION BY subject, metric ORDER BY at, id)`;

/** The columns of server_ticks that are rolled up. */
export const serverColumns = [
  ...["cpu", "cpu_unattributed", "memory", "memory_unattributed", "buffers", "storage"],
  ...["requests", "transactions", "connections"],
] as const;

const sourceOf = (column: string) =>
  column === "cpu" ? "tick.cpu_source" : column === "memory" ? "tick.memory_source" : "NULL";

// A tick that does not know a value ends it, unlike a tenant's sample, which is only there when there is a value.
const serverValues = `
  SELECT tick.server_id AS subject, figure.metric, ${inReal("figure.value")} AS value, figure.source,
         tick.ms AS at, tick.next_ms AS ends,
         lead(tick.ms) OVER (PARTITION BY tick.server_id, figure.metric ORDER BY tick.ms) AS next_at
    FROM (SELECT tick.*, ${msOf("tick.at")} AS ms,
                 lead(${msOf("tick.at")}) OVER (PARTITION BY tick.server_id ORDER BY tick.at, tick.id) AS next_ms
            FROM server_ticks tick
           WHERE tick.at > $1::timestamptz - interval '${fleetHold} milliseconds' AND tick.at < $2::timestamptz
             AND ($3::uuid[] IS NULL OR tick.server_id = ANY ($3::uuid[]))) AS tick
   CROSS JOIN LATERAL (VALUES ${serverColumns
     .map((column, index) => `(${index}, tick.${column}, ${sourceOf(column)})`)
     .join(", ")}) AS figure (metric, value, source)
   WHERE ${isValue("figure.value")} AND (tick.next_ms IS NULL OR tick.next_ms > tick.ms)`;

export const subjects: readonly Subject[] = [
  {
    table: "tenant_usage",
    key: "tenant_id",
    columns: metricNames.map(columnOf),
    names: metricNames,
    values: tenantValues,
    hold: tenantHold,
  },
  {
    table: "server_usage",
    key: "server_id",
    columns: serverColumns,
    names: serverColumns,
    values: serverValues,
    hold: fleetHold,
  },
];
