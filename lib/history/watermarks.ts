import type { Db } from "@/lib/platform/prisma";

/** Levels that are rolled up, each with a watermark: everything before it is in. */
export type RolledLevel = "minute" | "hour" | "day";

export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Seconds after its end at which a minute is closed: later than writers begin to mark (`isLate`), so none is missed. */
const closedAfter = "interval '20 seconds'";
const marksAfter = "interval '15 seconds'";

/** The watermarks, null where a level was not begun. */
export type Watermarks = Record<RolledLevel | "raw", Date | null>;

/** Makes this transaction the only one that rolls up or drops; false when another one does. It ends with the transaction. */
export async function holdHistory(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<{ held: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('tenantry_history', 0)) AS held`;
  return rows[0]?.held ?? false;
}

/**
 * Up to which minute everything is there or marked as late. A writer that holds the samples' table may still bring, not
 * marked, what was measured at most 15 s before its transaction began, so nothing after that is closed until it ends.
 * Read before the samples are: a writer that is not listed any more is visible then.
 */
export async function horizon(db: Db, now: Date): Promise<Date> {
  const rows = await db.$queryRawUnsafe<{ at: Date }[]>(`
    SELECT least(statement_timestamp() - ${closedAfter},
                 min(coalesce(writer.xact_start, 'epoch') - ${marksAfter})) AS at
      FROM pg_locks held LEFT JOIN pg_stat_activity writer ON writer.pid = held.pid
     WHERE held.locktype = 'relation' AND held.relation = 'tenant_usage_logs'::regclass AND held.granted
       AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND held.mode = 'RowExclusiveLock' AND held.pid IS DISTINCT FROM pg_backend_pid()`);
  const safe = rows[0]?.at.getTime() ?? 0;
  return floor(new Date(Math.min(safe, now.getTime() - 20_000)), minuteMs);
}

/**
 * The time that retention goes by, so that no clock that is ahead removes what is not old: the earlier of the caller's
 * and the database's, and at most a day after the newest closed minute, since both may be ahead on one machine.
 */
export async function retentionTime(db: Db, now: Date): Promise<Date> {
  const rows = await db.$queryRaw<{ at: Date }[]>`
    SELECT least(${now}::timestamptz, statement_timestamp(),
                 (SELECT until + interval '1 day' FROM usage_rollups WHERE level = 'minute')) AS at`;
  return rows[0]?.at ?? now;
}

/** Reads all watermarks. */
export async function readWatermarks(db: Db): Promise<Watermarks> {
  const rows = await db.usageRollup.findMany();
  const of = (level: string) => rows.find((row) => row.level === level)?.until ?? null;
  return { raw: of("raw"), minute: of("minute"), hour: of("hour"), day: of("day") };
}

/** Moves a level's watermark, in the transaction that made its buckets. */
export async function moveWatermark(db: Db, level: RolledLevel, until: Date, now: Date, tookMs: number): Promise<void> {
  const step = { until, ranAt: now, tookMs };
  await db.usageRollup.upsert({ where: { level }, create: { level, ...step }, update: step });
}

/** The begin of the bucket of `ms` that holds a time. Hours and days are UTC's. */
export function floor(at: Date, ms: number): Date {
  return new Date(Math.floor(at.getTime() / ms) * ms);
}

/** A time so many milliseconds later. */
export function after(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
