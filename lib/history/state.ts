import { env } from "@/lib/platform/env";
import type { Db } from "@/lib/platform/prisma";
import { readMadeUp } from "./made-up";
import type { Level } from "./shapes";
import type { Rolled } from "./steps";

/** Of each level, in Unix milliseconds: since when it is kept, and up to when it is rolled up (null: nothing is). */
export type HistoryState = {
  since: Record<Level, number>;
  until: Record<Rolled, number | null>;
  /** Up to when the level's newest, open bucket was filled. */
  filled: Record<Rolled, number | null>;
  /** Up to when usage was made up for the demonstration; null: it never was. */
  madeUp: number | null;
};

const day = 86_400_000;

/** What is kept and rolled up as of now. */
export async function readState(db: Db, now: Date): Promise<HistoryState> {
  const rows = await db.usageRollup.findMany();
  const row = (level: Rolled) => rows.find((one) => one.level === level);
  const until = (level: Rolled) => row(level)?.until.getTime() ?? null;
  const filled = (level: Rolled) => {
    const open = row(level)?.openRanAt?.getTime() ?? null;
    const [closed, minutes] = [until(level), until("minute")];
    if (closed === null || minutes === null) return closed ?? (open === null ? null : minutes);
    return Math.max(closed, open === null ? 0 : Math.min(open, minutes));
  };
  return {
    since: keptSince(now.getTime()),
    until: { minute: until("minute"), hour: until("hour"), day: until("day") },
    filled: { minute: until("minute"), hour: filled("hour"), day: filled("day") },
    madeUp: await readMadeUp(db),
  };
}

function keptSince(now: number): Record<Level, number> {
  const { USAGE_RETENTION_DAYS, USAGE_MINUTES_DAYS, USAGE_HOURS_DAYS, USAGE_DAYS_DAYS } = env();
  const since = (days: number) => (days === 0 ? 0 : now - days * day);
  return {
    raw: since(USAGE_RETENTION_DAYS),
    minute: since(USAGE_MINUTES_DAYS),
    hour: since(USAGE_HOURS_DAYS),
    day: since(USAGE_DAYS_DAYS),
  };
}
