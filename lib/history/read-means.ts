import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import { usageTable } from "./columns";
import { before, type Frame } from "./span";
import { bucketMs, type Rolled } from "./steps";

/** The means of a few tenants over the period before a frame's, by tenant and metric. */
export async function readBefore(
  db: Reading,
  tenants: readonly string[],
  metrics: readonly Metric[],
  frame: Frame,
): Promise<Map<string, Map<Metric, number>>> {
  const { level, from, to } = earlierPeriod(frame);
  const means = metrics.map((metric) => {
    const name = columnOf(metric);
    return `(sum(${name}_sum) / nullif(sum(${name}_ms), 0))::real AS ${name}`;
  });
  if (means.length === 0 || tenants.length === 0) return new Map();
  const rows = await db.$queryRaw<({ tenant: string } & Record<string, number | null>)[]>`
    SELECT tenant_id::text AS tenant, ${Prisma.raw(means.join(", "))} FROM ${usageTable("tenant", level)}
     WHERE tenant_id = ANY(${[...tenants]}::uuid[]) AND at >= ${new Date(from)} AND at < ${new Date(to)}
     GROUP BY tenant_id`;
  return new Map(
    rows.map((row) => {
      const known = metrics.flatMap((metric): [Metric, number][] => {
        const value = row[columnOf(metric)];
        return typeof value === "number" ? [[metric, value]] : [];
      });
      return [row.tenant, new Map(known)];
    }),
  );
}

/** The frame's own level; of a period of many hours or days, whole ones are near enough and far fewer rows. */
function earlierPeriod(frame: Frame): { level: Rolled; from: number; to: number } {
  const { from, to } = before(frame);
  const { since, until } = frame.state;
  const level = (["day", "hour"] as const).find(
    (one) => (one === frame.level || to - from >= 12 * bucketMs[one]) && since[one] <= from && (until[one] ?? 0) >= to,
  );
  if (!level) return { level: "minute", from, to };
  const ms = bucketMs[level];
  return { level, from: Math.floor(from / ms) * ms, to: Math.floor(to / ms) * ms };
}
