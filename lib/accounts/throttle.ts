import { AppError } from "@/lib/kernel/errors";
import { apartDb } from "@/lib/platform/apart";
import { Prisma } from "@/lib/platform/prisma";

const minute = 60_000;

/** So many attempts in a window, which doubles with each burst up to `longestMs`. An account is never locked for good. */
export type Throttle = { key: string; limit: number; windowMs: number; longestMs: number };

/** A throttle without bursts: its windows all last as long. */
export function steady(key: string, limit: number): Throttle {
  return { key, limit, windowMs: 15 * minute, longestMs: 15 * minute };
}

/** A throttle whose windows grow: 15 minutes, 30, then an hour, until there were no attempts for a day. */
export function growing(key: string, limit: number): Throttle {
  return { key, limit, windowMs: 15 * minute, longestMs: 60 * minute };
}

/**
 * Counts an attempt before its outcome is known, in the statement that decides whether it may be made: guesses at the
 * same moment can't pass together. Throws `limit` when one of the throttles is used up; the attempt then counts nowhere.
 */
export async function countAttempt(throttles: readonly Throttle[], now: Date): Promise<void> {
  const counted: Throttle[] = [];
  for (const throttle of throttles) {
    if (await count(throttle, now)) {
      counted.push(throttle);
      continue;
    }
    await giveBack(counted);
    throw await tooMany(throttle, now);
  }
}

/** Takes back an attempt that succeeded. */
export async function giveBack(throttles: readonly Throttle[]): Promise<void> {
  if (throttles.length === 0) return;
  const keys = throttles.map(({ key }) => key);
  await apartDb().$executeRaw`
    UPDATE sign_in_throttles SET failures = failures - 1 WHERE key = ANY(${keys}) AND failures > 0`;
}

/** Forgets what was counted for a throttle. */
export async function forgetAttempts({ key }: Throttle): Promise<void> {
  await apartDb().signInThrottle.deleteMany({ where: { key } });
}

const mostBursts = 9;
const calmMs = 24 * 60 * minute;

async function count(throttle: Throttle, now: Date): Promise<boolean> {
  const { key, limit } = throttle;
  const over = Prisma.sql`${now}::timestamptz >= ${endOf(throttle)}`;
  const calm = Prisma.sql`t.window_start < ${new Date(now.getTime() - calmMs)}::timestamptz`;
  // A window of which more than half was used is a burst, so that staying just below the limit gains little.
  const wasBurst = Prisma.sql`CASE WHEN t.failures * 2 > ${limit} THEN 1 ELSE 0 END`;
  const bursts = Prisma.sql`CASE WHEN ${calm} THEN 0 ELSE LEAST(${mostBursts}, t.bursts + ${wasBurst}) END`;
  const rows = await apartDb().$queryRaw<unknown[]>`
    INSERT INTO sign_in_throttles AS t (key, failures, window_start) VALUES (${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN ${over} THEN 1 ELSE t.failures + 1 END,
      bursts = CASE WHEN ${over} THEN ${bursts} ELSE t.bursts END,
      window_start = CASE WHEN ${over} THEN ${now}::timestamptz ELSE t.window_start END
    WHERE ${over} OR t.failures < ${limit}
    RETURNING 1`;
  return rows.length > 0;
}

function endOf({ windowMs, longestMs }: Throttle): Prisma.Sql {
  const length = Prisma.sql`LEAST(${longestMs}::float8, ${windowMs}::float8 * 2 ^ t.bursts)`;
  return Prisma.sql`t.window_start + ${length} * interval '1 millisecond'`;
}

async function tooMany(throttle: Throttle, now: Date): Promise<AppError> {
  const [row] = await apartDb().$queryRaw<{ end: Date }[]>`
    SELECT ${endOf(throttle)} AS end FROM sign_in_throttles t WHERE key = ${throttle.key}`;
  const wait = row ? row.end.getTime() - now.getTime() : 0;
  const retryAfter = Math.max(1, Math.ceil(wait / 1000));
  const minutes = Math.ceil(retryAfter / 60);
  const words = `Too many attempts that were wrong. Wait ${minutes === 1 ? "a minute" : `${minutes} minutes`}, then try again.`;
  return new AppError("limit", words, { retryAfter, reason: "too_many_attempts" });
}
