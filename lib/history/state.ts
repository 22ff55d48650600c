import type { Db } from "@/lib/platform/prisma";
import { readMadeUp } from "./made-up";
import type { Level } from "./shapes";
import { daysKept } from "./spans";
import type { Rolled } from "./steps";
import { dayMs } from "./watermarks";

/** Of each level, in Unix milliseconds: since when it is kept, and up to when it is rolled up (null: nothing is). */
export type HistoryState = {
  since: Record<Level, number>;
  until: Record<Rolled, number | null>;
  /** Up to when the level's newest, open bucket was filled. */
  filled: Record<Rolled, number | null>;
  /** Up to when usage was made up for the demonstration; null: it never was. */
  madeUp: number | null;
};

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
  const since = (level: Level) => (daysKept(level) === 0 ? 0 : now - daysKept(level) * dayMs);
  return { raw: since("raw"), minute: since("minute"), hour: since("hour"), day: since("day") };
}
