import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import { usageTable } from "./columns";
import { readMadeUp } from "./made-up";
import type { Level } from "./shapes";
import { daysKept } from "./spans";
import { bucketMs, type Rolled } from "./steps";
import { dayMs } from "./watermarks";

/** Of each level, in Unix milliseconds: since when it holds everything, and up to when it is rolled up (null: nothing is). */
export type HistoryState = {
  since: Record<Level, number>;
  until: Record<Rolled, number | null>;
  /** Up to when the level's newest, open bucket was filled. */
  filled: Record<Rolled, number | null>;
  /** Up to when usage was made up for the demonstration; null: it never was. */
  madeUp: number | null;
};

type Kept = { level: string; until: Date; openRanAt: Date | null };

/** What is kept and rolled up as of now. */
export async function readState(db: Reading, now: Date): Promise<HistoryState> {
  const rows = await db.$queryRaw<Kept[]>`SELECT level, until, open_ran_at AS "openRanAt" FROM usage_rollups`;
  const row = (level: Rolled) => rows.find((one) => one.level === level);
  const until = (level: Rolled) => row(level)?.until.getTime() ?? null;
  const filled = (level: Rolled) => {
    const open = row(level)?.openRanAt?.getTime() ?? null;
    const [closed, minutes] = [until(level), until("minute")];
    if (closed === null || minutes === null) return closed ?? (open === null ? null : minutes);
    return Math.max(closed, open === null ? 0 : Math.min(open, minutes));
  };
  return {
    since: heldSince(keptSince(now.getTime()), await firstKnown(db, now.getTime())),
    until: { minute: until("minute"), hour: until("hour"), day: until("day") },
    filled: { minute: until("minute"), hour: filled("hour"), day: filled("day") },
    madeUp: await readMadeUp(db),
  };
}

/** The first bucket of each level; null: it has none. */
export type FirstBuckets = Record<Rolled, number | null>;

let known: { at: number; first: FirstBuckets } | undefined;

/** They change with retention, so they are looked up once a minute. */
async function firstKnown(db: Reading, now: number): Promise<FirstBuckets> {
  if (!known || Math.abs(now - known.at) > 60_000) known = { at: now, first: await firstOf(db) };
  return known.first;
}

/** Asked of the servers' rows: they begin with the tenants', and there are few enough to look at each server's first. */
async function firstOf(db: Reading): Promise<FirstBuckets> {
  const first = (level: Rolled) => Prisma.sql`
    (SELECT extract(epoch FROM min(found.at))::float8 * 1000 FROM servers s CROSS JOIN LATERAL (
       SELECT u.at FROM ${usageTable("server", level)} u WHERE u.server_id = s.id ORDER BY u.at LIMIT 1) found)`;
  const [row] = await db.$queryRaw<FirstBuckets[]>`
    SELECT ${first("minute")} AS minute, ${first("hour")} AS hour, ${first("day")} AS day`;
  return row ?? { minute: null, hour: null, day: null };
}

const rolled = ["minute", "hour", "day"] as const;

/**
 * Since when each level holds all there is: as far back as it is kept, but not before its first bucket where a coarser
 * level goes further back, such as when minutes began to be kept longer a week ago.
 */
export function heldSince(kept: Record<Level, number>, first: FirstBuckets): Record<Level, number> {
  const since = (level: Rolled) => {
    const own = first[level];
    const further = rolled.slice(rolled.indexOf(level) + 1).some((coarser) => {
      const begin = first[coarser];
      return begin !== null && own !== null && begin < Math.floor(own / bucketMs[coarser]) * bucketMs[coarser];
    });
    return further && own !== null ? Math.max(kept[level], own) : kept[level];
  };
  return { raw: kept.raw, minute: since("minute"), hour: since("hour"), day: since("day") };
}

function keptSince(now: number): Record<Level, number> {
  const since = (level: Level) => (daysKept(level) === 0 ? 0 : now - daysKept(level) * dayMs);
  return { raw: since("raw"), minute: since("minute"), hour: since("hour"), day: since("day") };
}
