import type { Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import type { Cell } from "./cells";
import { isValue } from "./subjects";

/** Milliseconds for which a value stands, since it is written again each minute: longer silence is a gap. */
const hold = 150_000;

/** One metric of one tenant within a minute, from what was measured. */
export type RawMinute = { tenant: string; metric: Metric; at: number; cell: Cell; last: number; source: string };

type Found = { tenant: string; metric: Metric; at: number; last: number; source: string } & Cell;

/**
 * Minutes as they will be rolled up, from the values as they were measured. Of two values with one time the one written
 * last counts; a value stands until the next one, until `to` at most.
 */
export async function readRaw(
  db: Reading,
  tenants: readonly string[],
  metrics: readonly Metric[],
  from: number,
  to: number,
): Promise<RawMinute[]> {
  const [begin, end] = [new Date(from), new Date(to)];
  const found = await db.$queryRaw<Found[]>`
    WITH logged AS (
      SELECT DISTINCT ON (tenant_id, metric_type, recorded_at) tenant_id, metric_type, recorded_at, value, source
        FROM tenant_usage_logs
       WHERE tenant_id = ANY(${[...tenants]}::uuid[]) AND metric_type = ANY(${[...metrics]})
         AND recorded_at >= ${new Date(from - hold)} AND recorded_at < ${end}
         AND ${Prisma.raw(isValue("value"))}
       ORDER BY tenant_id, metric_type, recorded_at, id DESC
    ), standing AS (
      SELECT *, greatest(recorded_at, ${begin}) AS since,
             least(lead(recorded_at) OVER (PARTITION BY tenant_id, metric_type ORDER BY recorded_at),
                   recorded_at + make_interval(secs => ${hold / 1000}::float8), ${end}) AS until
        FROM logged
    ), cut AS (
      SELECT tenant_id, metric_type, value, source, minute, greatest(since, minute) AS since,
             least(until, minute + interval '1 minute') AS until
        FROM standing CROSS JOIN LATERAL
             generate_series(date_bin('1 minute', since, 'epoch'), until - interval '1 millisecond', '1 minute') minute
       WHERE until > since
    )
    SELECT tenant_id::text AS tenant, metric_type AS metric, extract(epoch FROM minute)::float8 * 1000 AS at,
           sum(value * ms) / sum(ms) AS mean, sum(ms) AS ms, min(value) AS min, max(value) AS max,
           (array_agg(value ORDER BY since DESC))[1] AS last, string_agg(DISTINCT source, '+') AS source
      FROM (SELECT *, extract(epoch FROM until - since)::float8 * 1000 AS ms FROM cut) timed
     GROUP BY tenant_id, metric_type, minute ORDER BY minute`;
  return found.map(({ tenant, metric, at, last, source, mean, ms, min, max }) => {
    return { tenant, metric, at, last, source, cell: { mean, ms, min, max } };
  });
}
