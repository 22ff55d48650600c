import type { Clock } from "@/lib/kernel/clock";
import type { PrismaClient } from "@/lib/platform/generated/client";
import type { Tx } from "@/lib/platform/prisma";
import { firstSampleHour } from "./first-sample";
import { rollLate } from "./roll-late";
import { rollDay, rollHour } from "./roll-up-coarser";
import { rollMinutes } from "./roll-up-minutes";
import { ensureSpans, keptTables } from "./spans";
import { after, dayMs, floor, holdHistory, horizon, hourMs, moveWatermark, readWatermarks } from "./watermarks";

const minuteMs = 60_000;

/** An open hour or day is rolled up again after this many times as long as that took. */
const rest = 20;

/** How many minutes one transaction rolls up: as many as take about a second. */
export type Pace = { minutes: number };

const rolledTables = keptTables.filter(({ level }) => level !== "raw");

type Step = (tx: Tx, now: Date, pace: Pace) => Promise<boolean>;

// Hours and days before more minutes: a worker that is far behind shows what it has.
const steps: Step[] = [closeHour, closeDay, closeMinutes, rollLate, fillHour, fillDay];

/**
 * Rolls up whatever is due, a transaction a step, until nothing is or `signal` is aborted. Any number of workers may:
 * the one that holds the lock does, the others leave it. Whenever it is cut off, the next one goes on from there.
 */
export async function rollUp(db: PrismaClient, clock: Clock, signal: AbortSignal, pace: Pace): Promise<void> {
  for (let again = true; again && !signal.aborted; ) {
    again = false;
    for (const step of steps) {
      if (signal.aborted) return;
      again = (await inOneGo(db, (tx) => step(tx, clock(), pace))) || again;
    }
  }
}

async function inOneGo(db: PrismaClient, work: (tx: Tx) => Promise<boolean>): Promise<boolean> {
  return await db.$transaction(
    async (tx) => {
      if (!(await holdHistory(tx))) return false;
      await tx.$executeRaw`
        SELECT set_config('work_mem', '128MB', true), set_config('jit', 'off', true), set_config('lock_timeout', '5s', true)`;
      return await work(tx);
    },
    { timeout: 300_000, maxWait: 10_000 },
  );
}

/** Closes the next minutes, as many as one transaction should take. */
async function closeMinutes(tx: Tx, now: Date, pace: Pace): Promise<boolean> {
  const end = await horizon(tx, now);
  const { minute, hour } = await readWatermarks(tx);
  const from = minute ?? (await firstSampleHour(tx, end));
  if (from === null || from >= end) return false;
  const to = new Date(Math.min(after(from, pace.minutes * minuteMs).getTime(), end.getTime()));
  const started = performance.now();
  await ensureSpans(tx, rolledTables, from, to);
  await rollMinutes(tx, { from, to });
  const took = performance.now() - started;
  await moveWatermark(tx, "minute", to, now, took);
  if (hour === null) {
    await moveWatermark(tx, "hour", floor(from, hourMs), now, 0);
    await moveWatermark(tx, "day", floor(from, dayMs), now, 0);
  }
  if (to < end) pace.minutes = paced(pace.minutes, took);
  return true;
}

function paced(minutes: number, tookMs: number): number {
  if (tookMs < 500) return Math.min(minutes * 2, 1440);
  return tookMs > 2000 ? Math.max(1, Math.floor(minutes / 2)) : minutes;
}

/** Closes the next hour whose minutes are all there. */
async function closeHour(tx: Tx, now: Date): Promise<boolean> {
  const { minute, hour } = await readWatermarks(tx);
  if (minute === null || hour === null || after(hour, hourMs) > minute) return false;
  const started = performance.now();
  await rollHour(tx, { from: hour, to: after(hour, hourMs) });
  await moveWatermark(tx, "hour", after(hour, hourMs), now, performance.now() - started);
  return true;
}

/** Closes the next day whose hours are all there. */
async function closeDay(tx: Tx, now: Date): Promise<boolean> {
  const { hour, day } = await readWatermarks(tx);
  if (hour === null || day === null || after(day, dayMs) > hour) return false;
  const started = performance.now();
  await rollDay(tx, { from: day, to: after(day, dayMs) });
  await moveWatermark(tx, "day", after(day, dayMs), now, performance.now() - started);
  return true;
}

async function fillHour(tx: Tx): Promise<boolean> {
  return await fill(tx, "hour", hourMs, rollHour);
}

async function fillDay(tx: Tx): Promise<boolean> {
  return await fill(tx, "day", dayMs, rollDay);
}

/** Rolls up the open hour or day from what is there, when more came since and the last time is long enough ago. */
async function fill(tx: Tx, level: "hour" | "day", ms: number, roll: typeof rollHour): Promise<boolean> {
  const minute = (await readWatermarks(tx)).minute;
  const row = await tx.usageRollup.findUnique({ where: { level } });
  if (!row || minute === null || minute <= row.until || after(row.until, ms) <= minute) return false;
  const filled = Math.max(row.openRanAt?.getTime() ?? 0, row.until.getTime());
  const due = filled + Math.max(1, rest * (row.openTookMs ?? 0));
  if (minute.getTime() < due) return false;
  const started = performance.now();
  await roll(tx, { from: row.until, to: after(row.until, ms) });
  const openTookMs = performance.now() - started;
  await tx.usageRollup.update({ where: { level }, data: { openRanAt: minute, openTookMs } });
  return true;
}
