import type { Metric } from "@/lib/kernel/metrics";
import type { Reading } from "@/lib/platform/quick-db";
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

type Kept = Pick<Anomaly, "metric" | "direction" | "peak" | "expected"> & { startedAt: Date; endedAt: Date | null };

/** What was out of the ordinary of a tenant in a time (Unix milliseconds), oldest first: at most the newest 500. */
export async function anomaliesOf(db: Reading, tenantId: string, from: number, to: number): Promise<Anomaly[]> {
  const rows = await db.$queryRaw<Kept[]>`
    SELECT metric, direction, started_at AS "startedAt", ended_at AS "endedAt", peak, expected FROM usage_anomalies
     WHERE tenant_id = ${tenantId}::uuid AND started_at < ${new Date(to)}
       AND (ended_at IS NULL OR ended_at > ${new Date(from)})
     ORDER BY started_at DESC LIMIT 500`;
  return rows.reverse().map((row) => ({
    metric: row.metric,
    from: row.startedAt.toISOString(),
    to: row.endedAt?.toISOString() ?? null,
    direction: row.direction,
    peak: row.peak,
    expected: row.expected,
  }));
}
