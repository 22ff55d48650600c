import type { Metric } from "@/lib/kernel/metrics";
import type { Db } from "@/lib/platform/prisma";
import type { Direction } from "./detect-rules";

/** Something out of the ordinary, as a tenant's charts mark it; `to` is null while it goes on. */
export type Anomaly = {
  metric: Metric;
  from: string;
  to: string | null;
  direction: Direction;
  peak: number;
  expected: number;
};

/** What was out of the ordinary of a tenant in a time (Unix milliseconds), oldest first: at most the newest 500. */
export async function anomaliesOf(db: Db, tenantId: string, from: number, to: number): Promise<Anomaly[]> {
  const rows = await db.usageAnomaly.findMany({
    where: {
      tenantId,
      startedAt: { lt: new Date(to) },
      OR: [{ endedAt: null }, { endedAt: { gt: new Date(from) } }],
    },
    orderBy: { startedAt: "desc" },
    take: 500,
  });
  return rows.reverse().map((row) => ({
    metric: row.metric as Metric,
    from: row.startedAt.toISOString(),
    to: row.endedAt?.toISOString() ?? null,
    direction: row.direction as Direction,
    peak: row.peak,
    expected: row.expected,
  }));
}
