import { readMadeUp } from "@/lib/history/made-up";
import type { Level, Span } from "@/lib/history/shapes";
import type { Db } from "@/lib/platform/prisma";

type Time = { from: number; to: number };

/** A time (Unix milliseconds) as answers tell it, with what it was read from. */
export async function spanOf(
  db: Db,
  { from, to }: Time,
  of: { stepMs: number; level: Exclude<Level, "raw">; tz: string },
): Promise<Span> {
  const state = await db.usageRollup.findUnique({ where: { level: of.level } });
  const madeUp = await readMadeUp(db);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    stepSeconds: of.stepMs / 1000,
    level: of.level,
    tz: of.tz,
    asOf: state?.until.toISOString() ?? null,
    madeUpUntil: madeUp === null ? null : new Date(madeUp).toISOString(),
  };
}
