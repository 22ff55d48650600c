import { partitionsOf } from "@/lib/history/partitions";
import { keptTables } from "@/lib/history/spans";
import { readWatermarks } from "@/lib/history/watermarks";
import type { Db } from "@/lib/platform/prisma";
import { fingerprintsSql, keptSql, wholeMinutesSql } from "./days-sql";
import type { LakeLevel } from "./lake";
import type { Day } from "./write-day";

/** Why a day is to be written: it is not there, its files are gone, somebody asked, or its rows changed since. */
export const reasons = ["new", "gone", "asked", "changed"] as const;
export type Reason = (typeof reasons)[number];

/** A day to write, and what went wrong with it the last time. */
export type DueDay = Day & { why: Reason; fault: { words: string; at: Date } | null };

const dayText = (at: Date) => at.toISOString().slice(0, 10);

/** The first day that is not over yet, or not rolled up; null: no day is closed. */
export async function openDay(db: Db): Promise<string | null> {
  const { day } = await readWatermarks(db);
  return day && dayText(day);
}

/**
 * The days that are closed, kept in the database and not as they should be in the lake, in the order to write them: what
 * failed the last time after all else, the newest closed day first, then the oldest. `present`: those the folder has, where
 * it was looked into. A day keeps the level it was written with; of a new one that lacks minutes of
 * some of its hours, hours are written: a part of a day must not pass for all of it.
 */
export async function dueDays(db: Db, level: LakeLevel, present: string[] | null): Promise<DueDay[]> {
  const { day: until, raw } = await readWatermarks(db);
  const from = await oldestKept(db);
  if (!until || !from || from >= until) return [];
  // Late samples change nothing of before the oldest raw sample that is kept.
  const since = raw && raw > from ? raw : from;
  const rows = await db.$queryRawUnsafe<(Day & { why: Reason; words: string | null; failedAt: Date | null })[]>(
    `SELECT due.day::text AS day, at_level.level, due.why, fault.words, fault.at AS "failedAt"
       FROM (SELECT d.day, written.level, CASE
               WHEN written.day IS NULL THEN 'new' WHEN written.fingerprint = '' THEN 'asked'
               WHEN NOT d.day = ANY ($5::date[]) THEN 'gone' WHEN print <> written.fingerprint THEN 'changed' END AS why
               FROM (SELECT $1::date + number AS day FROM generate_series(0, $2::date - $1::date - 1) AS number) AS d
               LEFT JOIN lake_days written ON written.day = d.day
               LEFT JOIN (${fingerprintsSql("$3::date", "$2::date - 1")}) AS prints ON prints.day = d.day) AS due
      CROSS JOIN LATERAL (SELECT coalesce(due.level, CASE WHEN ${keptSql("due.day", "$4::text")} AND ($4 = 'hour' OR ${wholeMinutesSql("due.day")}) THEN $4 ELSE 'hour' END)
                                 AS level) AS at_level
       LEFT JOIN lake_faults fault ON fault.day = due.day
      WHERE due.why IS NOT NULL AND ${keptSql("due.day", "at_level.level")}
      ORDER BY fault.at NULLS FIRST, due.day <> $2::date - 1, due.day`,
    dayText(from),
    dayText(until),
    dayText(since),
    level,
    present,
  );
  return rows.map(({ words, failedAt, ...day }) => ({
    ...day,
    fault: words !== null && failedAt ? { words, at: failedAt } : null,
  }));
}

async function oldestKept(db: Db): Promise<Date | null> {
  const tables = keptTables.filter(({ table }) => table === "tenant_usage_minutes" || table === "tenant_usage_hours");
  const partitions = (await Promise.all(tables.map((kept) => partitionsOf(db, kept)))).flat();
  const first = Math.min(...partitions.map((partition) => partition.first.getTime()));
  return Number.isFinite(first) ? new Date(first) : null;
}
