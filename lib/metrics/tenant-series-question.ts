import { isValue } from "@/lib/history/subjects";
import { type Metric, tenantHold } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import { type Bucket, stateMetrics, type TenantBuckets, type Window } from "./series";
import { minuteBuckets, minutesUntil } from "./tenant-minutes-question";

type Row = { metric: Metric; at: number; mean: number | null; last: number; lastAt: number; source: string };

/** A tenant's values by metric and bucket: from its minutes as far as they are made, where a step is whole minutes. */
export async function tenantBuckets(db: Reading, tenantId: string, window: Window): Promise<TenantBuckets> {
  const { from, to, step } = window;
  const made = step % 60_000 === 0 ? await minutesUntil(db) : 0;
  const cut = Math.min(Math.floor(made / step) * step, to);
  if (cut <= from) return await loggedBuckets(db, tenantId, window);
  const [minutes, tail] = await Promise.all([
    minuteBuckets(db, tenantId, { from, to: cut, step }),
    loggedBuckets(db, tenantId, { from: cut, to, step }),
  ]);
  for (const [metric, { buckets, source }] of tail) {
    // Samples before the cut are read for what they carry into the time after it; their buckets are there.
    const known = minutes.get(metric)?.buckets.filter(({ at }) => at < (buckets[0]?.at ?? cut)) ?? [];
    minutes.set(metric, { buckets: [...known, ...buckets.map((one) => joined(one, minutes, metric))], source });
  }
  return minutes;
}

function joined(logged: Bucket, minutes: TenantBuckets, metric: Metric): Bucket {
  const whole = minutes.get(metric)?.buckets.find(({ at }) => at === logged.at);
  return whole ? { ...logged, value: whole.value } : logged;
}

/**
 * A tenant's logged values by metric and bucket. A value stands until the next one, so a mean weighs each by how
 * long it stood within the bucket, also the one carried in from before.
 */
async function loggedBuckets(db: Reading, tenantId: string, window: Window): Promise<TenantBuckets> {
  const from = new Date(window.from - tenantHold);
  const end = new Date(window.to + window.step);
  const step = window.step / 1000;
  const hold = tenantHold / 1000;
  const rows = await db.$queryRaw<Row[]>`
    WITH logged AS (
      SELECT metric_type AS metric, recorded_at AS at, value, source,
             date_bin(make_interval(secs => ${step}), recorded_at, 'epoch') AS bucket,
             lag(recorded_at) OVER w AS before_at, lag(value) OVER w AS before_value,
             lead(recorded_at) OVER w AS next_at
        FROM tenant_usage_logs
       WHERE tenant_id = ${tenantId}::uuid AND recorded_at >= ${from} AND recorded_at < ${end}
         AND ${Prisma.raw(isValue("value"))}
      WINDOW w AS (PARTITION BY metric_type ORDER BY recorded_at, id)
    ), standing AS (
      SELECT metric, at, value, source, bucket, before_value,
             extract(epoch FROM least(next_at, bucket + make_interval(secs => ${step}), at + make_interval(secs => ${hold})) - at)::float8 AS own,
             CASE WHEN before_at >= bucket OR before_at < at - make_interval(secs => ${hold}) OR before_at IS NULL THEN 0
                  ELSE extract(epoch FROM at - bucket)::float8 END AS carried
        FROM logged
    )
    SELECT metric, extract(epoch FROM bucket)::float8 * 1000 AS at,
           sum(value * own + coalesce(before_value, 0) * carried) / nullif(sum(own + carried), 0) AS mean,
           (array_agg(value ORDER BY at DESC))[1] AS last,
           extract(epoch FROM max(at))::float8 * 1000 AS "lastAt",
           (array_agg(source ORDER BY at DESC))[1] AS source
      FROM standing GROUP BY metric, bucket ORDER BY bucket`;
  return byMetric(rows);
}

function byMetric(rows: Row[]): TenantBuckets {
  const metrics: TenantBuckets = new Map();
  for (const { metric, at, mean, last, lastAt, source } of rows) {
    const known = metrics.get(metric) ?? { buckets: [], source };
    known.buckets.push({ at, value: stateMetrics.has(metric) ? last : (mean ?? last), last, lastAt });
    known.source = source;
    metrics.set(metric, known);
  }
  return metrics;
}
