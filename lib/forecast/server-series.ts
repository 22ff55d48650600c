import { meanOf, usageTable } from "@/lib/history/columns";
import type { Metric } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";

/** Tenants of a server that are looked at: those with most of it. */
const most = 40;

type Frame = { from: number; stepMs: number; count: number; level: "minute" | "hour" };

/**
 * The tenants of a server with the highest mean of a metric, or whose values vary most, with a value a step. Left out is
 * who reaches `least` neither in the mean nor in the standard deviation: a load in bursts has a low mean.
 */
export async function seriesOfServer(
  db: Db,
  serverId: string,
  metric: Metric,
  by: "mean" | "variation",
  frame: Frame,
  least = 0,
): Promise<Map<string, (number | null)[]>> {
  const value = Prisma.raw(`(${meanOf(metric)})`);
  const chosen = by === "mean" ? Prisma.sql`avg(${value})` : Prisma.sql`stddev_samp(${value})`;
  const from = new Date(frame.from);
  const to = new Date(frame.from + frame.count * frame.stepMs);
  const table = usageTable("tenant", frame.level);
  const rows = await db.$queryRaw<{ id: string; at: number; value: number }[]>`
    WITH chosen AS (
      SELECT u.tenant_id FROM ${table} u JOIN tenants t ON t.id = u.tenant_id
       WHERE t.server_id = ${serverId}::uuid AND t.deleted_at IS NULL AND u.at >= ${from} AND u.at < ${to}
       GROUP BY u.tenant_id
      HAVING stddev_samp(${value}) > 0 AND greatest(avg(${value}), stddev_samp(${value})) >= ${least}::float8
       ORDER BY ${chosen} DESC, u.tenant_id LIMIT ${most}
    )
    SELECT u.tenant_id AS id, extract(epoch FROM u.at)::float8 * 1000 AS at, ${value} AS value
      FROM ${table} u JOIN chosen USING (tenant_id)
     WHERE u.at >= ${from} AND u.at < ${to} AND ${value} IS NOT NULL`;
  const series = new Map<string, (number | null)[]>();
  for (const row of rows) {
    const own = series.get(row.id) ?? Array.from({ length: frame.count }, () => null);
    own[Math.round((row.at - frame.from) / frame.stepMs)] = row.value;
    series.set(row.id, own);
  }
  return series;
}
