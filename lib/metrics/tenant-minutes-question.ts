import { columnOf, metricNames } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import { stateMetrics, type TenantBuckets } from "./series";

type Row = { at: number; sources: Record<string, string> } & Record<string, unknown>;

const figures = Prisma.raw(
  metricNames
    .map((name) => {
      const column = columnOf(name);
      const lasts = `array_agg(${column}_last ORDER BY at DESC) FILTER (WHERE ${column}_ms IS NOT NULL)`;
      return `sum(${column}_sum) / sum(${column}_ms) AS "${name}", (${lasts})[1]::float8 AS "${name}Last"`;
    })
    .join(", "),
);

/** Up to when (Unix milliseconds) minutes are made; 0 where none are. */
export async function minutesUntil(db: Reading): Promise<number> {
  const [row] = await db.$queryRaw<{ until: Date }[]>`SELECT until FROM usage_rollups WHERE level = 'minute'`;
  return row?.until.getTime() ?? 0;
}

/**
 * A tenant's minutes by metric and bucket, from `from` to before `to`. What was carried in is in them already, so where
 * there is no bucket, nothing is known: none of them stands on.
 */
export async function minuteBuckets(
  db: Reading,
  tenantId: string,
  { from, to, step }: { from: number; to: number; step: number },
): Promise<TenantBuckets> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT extract(epoch FROM date_bin(make_interval(secs => ${step / 1000}), at, 'epoch'))::float8 * 1000 AS at, ${figures},
           (SELECT sources FROM usage_source_sets WHERE id = (array_agg(source_set ORDER BY at DESC))[1]) AS sources
      FROM tenant_usage_minutes
     WHERE tenant_id = ${tenantId}::uuid AND at >= ${new Date(from)} AND at < ${new Date(to)}
     GROUP BY 1 ORDER BY 1`;
  const found: TenantBuckets = new Map();
  for (const row of rows) {
    for (const name of metricNames) {
      const [mean, last] = [row[name], row[`${name}Last`]];
      if (typeof mean !== "number" || typeof last !== "number") continue;
      const series = found.get(name) ?? { buckets: [], source: "" };
      series.buckets.push({
        at: row.at,
        value: stateMetrics.has(name) ? last : mean,
        last,
        lastAt: Number.NEGATIVE_INFINITY,
      });
      found.set(name, { buckets: series.buckets, source: row.sources[name] ?? series.source });
    }
  }
  return found;
}
