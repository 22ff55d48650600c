import { scopeOf } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { log } from "@/lib/platform/log";
import { controlDb, type Db } from "@/lib/platform/prisma";
import { type ScheduleRow, timesOf } from "./schedule-find";
import { ableNow, queueScheduled } from "./schedule-maker";
import { dueCount, lastDue, nextDue } from "./schedule-times";

const atOnce = 100;

/** Queues the reports that are due. Any number of workers may ask at once: each time is taken by one of them. */
export async function queueDueReports(clock: Clock, signal: AbortSignal): Promise<number> {
  const due = await controlDb().$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM report_schedules WHERE enabled AND next_at <= ${clock()} ORDER BY next_at LIMIT ${atOnce}`;
  let queued = 0;
  for (const { id } of due) {
    if (signal.aborted) break;
    try {
      const made = await controlDb().$transaction((db) => queueDue(db, id, clock()), { timeout: 15_000 });
      if (made) queued += 1;
    } catch (error) {
      log().warn({ schedule: id, error: String(error) }, "a scheduled report could not be queued; it stays due");
    }
  }
  return queued;
}

/** One report for the newest time that is due, whatever was missed before it; then the schedule waits for its next. */
async function queueDue(db: Db, id: string, now: Date): Promise<boolean> {
  const [free] = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM report_schedules WHERE id = ${id}::uuid AND enabled AND next_at <= ${now} FOR UPDATE SKIP LOCKED`;
  if (!free) return false;
  const schedule = await db.reportSchedule.findUniqueOrThrow({ where: { id } });
  const able = await ableNow(db, schedule, now);
  if ("lost" in able) return await stop(db, schedule, able.lost, now);
  const time = newestDue(schedule, now);
  // It was made already where the clock was put back since.
  const known = await db.report.count({ where: { scheduleId: id, dueAt: time.dueAt } });
  try {
    if (known === 0) await queueScheduled(db, schedule, able, time, now);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return await stop(db, schedule, inWords(error), now);
    throw error;
  }
  const nextAt = nextDue(timesOf(schedule), now);
  await db.reportSchedule.update({ where: { id }, data: { nextAt, scope: scopeOf(able.actor) } });
  return known === 0;
}

function newestDue(schedule: ScheduleRow, now: Date): { dueAt: Date; missed: number } {
  const times = timesOf(schedule);
  const first = schedule.nextAt ?? now;
  const last = lastDue(times, now);
  // A zone's rules may be others than when `nextAt` was found.
  const dueAt = new Date(Math.max(last.getTime(), first.getTime()));
  return { dueAt, missed: Math.max(0, dueCount(times, first, dueAt) - 1) };
}

/** Switches a schedule off, with the reason for those who look at it. */
async function stop(db: Db, { id, name }: ScheduleRow, words: string, now: Date): Promise<false> {
  await db.reportSchedule.update({
    where: { id },
    data: { enabled: false, stopped: words, nextAt: null, version: { increment: 1 }, updatedAt: now },
  });
  log().warn({ schedule: id, name, words }, "a schedule of reports was switched off");
  return false;
}

function inWords({ fields }: AppError): string {
  const each = Object.entries(fields ?? {}).map(([name, words]) => `${name}: ${words}`);
  return ["Its input is not valid any more.", ...each].join(" ");
}
