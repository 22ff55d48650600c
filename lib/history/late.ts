import type { Db } from "@/lib/platform/prisma";

/**
 * SQL: whether what was measured at a time is marked by its writer, in its own transaction. By the clock, since roll-ups
 * close a minute 5 s later than that, and never while a writer that began before is not done: see docs/history.md. And
 * by the watermark, since a clock that was ahead for a while had minutes closed that had not been yet.
 */
export const isLate = (at: string) =>
  `(${at} < clock_timestamp() - interval '15 seconds'
    OR ${at} < (SELECT until FROM usage_rollups WHERE level = 'minute'))`;

/**
 * Marks the minutes of samples that come late, so that they are rolled up again. For everyone who writes to
 * tenant_usage_logs, in the same transaction, before or after; samples of now cost nothing and are not marked.
 */
export async function markLate(db: Db, rows: readonly { tenantId: string; at: Date }[]): Promise<void> {
  const oldest = new Map<string, { tenantId: string; at: Date }>();
  for (const row of rows) {
    const key = `${row.tenantId} ${Math.floor(row.at.getTime() / 60_000)}`;
    if (row.at < (oldest.get(key)?.at ?? row.at) || !oldest.has(key)) oldest.set(key, row);
  }
  const marks = [...oldest.values()];
  if (marks.length === 0) return;
  // Adding nothing to the samples holds their table's lock until the end: roll-ups see by it that a writer is not done.
  await db.$executeRawUnsafe(
    `WITH writing AS (
       INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
       SELECT NULL, NULL, NULL, NULL, NULL, NULL WHERE false
     )
     INSERT INTO usage_late_minutes (subject_id, minute)
     SELECT tenant, date_trunc('minute', at, 'UTC') FROM unnest($1::uuid[], $2::timestamptz[]) AS row (tenant, at)
      WHERE ${isLate("at")}`,
    marks.map(({ tenantId }) => tenantId),
    marks.map(({ at }) => at.toISOString()),
  );
}
