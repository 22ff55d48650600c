import type { Db } from "@/lib/platform/prisma";

/**
 * The hour (UTC) of the oldest raw sample or tick before `end`, null where there is none. Asks hour by hour from the
 * oldest partition on, since by time alone samples can only be looked up in blocks.
 */
export async function firstSampleHour(db: Db, end: Date): Promise<Date | null> {
  const rows = await db.$queryRaw<{ hour: Date }[]>`
    SELECT hour FROM (
      SELECT min(to_date(right(relname, 8), 'YYYYMMDD'))::timestamp AT TIME ZONE 'UTC' AS first
        FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent IN ('tenant_usage_logs'::regclass, 'server_ticks'::regclass) AND relname ~ '_[0-9]{8}$'
    ) AS oldest, generate_series(oldest.first, ${end}::timestamptz, interval '1 hour') AS hour
     WHERE EXISTS (SELECT FROM tenant_usage_logs
                    WHERE recorded_at >= hour AND recorded_at < least(hour + interval '1 hour', ${end}::timestamptz))
        OR EXISTS (SELECT FROM server_ticks
                    WHERE at >= hour AND at < least(hour + interval '1 hour', ${end}::timestamptz))
     ORDER BY hour LIMIT 1`;
  return rows[0]?.hour ?? null;
}
