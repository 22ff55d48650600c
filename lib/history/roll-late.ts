import { tenantHold } from "@/lib/kernel/metrics";
import type { Tx } from "@/lib/platform/prisma";
import { rollDay, rollHour } from "./roll-up-coarser";
import { rollMinutes } from "./roll-up-minutes";
import { ensureSpans, keptTables } from "./spans";
import { after, dayMs, floor, hourMs, readWatermarks, type Watermarks } from "./watermarks";

const minuteMs = 60_000;

/** Minutes into which a value may reach beside its own. */
const reach = Math.ceil(tenantHold / minuteMs);

/** Minutes and marks that one transaction takes at most. */
const widest = 10;
const most = 5000;

const minuteTables = keptTables.filter(({ level }) => level === "minute");

/**
 * Rolls up again what samples came late for, from the oldest on: their minutes, those that the value reaches into, and
 * the closed hours and days of these (open ones are filled from all that is there). A mark is taken before the samples
 * are read, so what it stands for is seen, and only marks that were seen are taken.
 */
export async function rollLate(tx: Tx): Promise<boolean> {
  const marks = await takeMarks(tx);
  const known = await readWatermarks(tx);
  const { raw, minute: until } = known;
  if (marks.length === 0 || until === null) return marks.length > 0;
  // Where samples were dropped already, the minutes that were made of all of them stand.
  const whole = raw === null ? 0 : after(raw, reach * minuteMs).getTime();
  const times = marks.map(({ minute }) => minute.getTime());
  const from = new Date(Math.max(whole, Math.min(...times)));
  const to = new Date(Math.min(Math.max(...times) + (reach + 1) * minuteMs, until.getTime()));
  if (from >= to) return true;
  const stretch = { from, to, ids: [...new Set(marks.map(({ subject }) => subject))] };
  await ensureSpans(tx, minuteTables, from, to);
  await rollMinutes(tx, stretch);
  await rollClosed(tx, stretch, known);
  return true;
}

type Mark = { subject: string; minute: Date };

async function takeMarks(tx: Tx): Promise<Mark[]> {
  return await tx.$queryRaw<Mark[]>`
    DELETE FROM usage_late_minutes WHERE id IN (
      SELECT id FROM usage_late_minutes
       WHERE minute < (SELECT min(minute) FROM usage_late_minutes) + make_interval(mins => ${widest}::int)
       ORDER BY minute, id LIMIT ${most})
    RETURNING subject_id::text AS subject, minute`;
}

type Touched = { from: Date; to: Date; ids: string[] };

async function rollClosed(tx: Tx, { from, to, ids }: Touched, { hour, day }: Watermarks): Promise<void> {
  for (let at = floor(from, hourMs); at < to && hour !== null && at < hour; at = after(at, hourMs)) {
    await rollHour(tx, { from: at, to: after(at, hourMs), ids });
  }
  for (let at = floor(from, dayMs); at < to && day !== null && at < day; at = after(at, dayMs)) {
    await rollDay(tx, { from: at, to: after(at, dayMs), ids });
  }
}
