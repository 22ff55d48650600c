import type { Clock } from "@/lib/kernel/clock";
import type { PrismaClient, UsageRollup } from "@/lib/platform/generated/client";
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

async function closeHour(tx: Tx, now: Date): Promise<boolean> {
  const { minute, hour } = await readWatermarks(tx);
  return await close(tx, "hour", hourMs, now, { from: hour, end: minute }, rollHour);
}

async function closeDay(tx: Tx, now: Date): Promise<boolean> {
  const { hour, day } = await readWatermarks(tx);
  return await close(tx, "day", dayMs, now, { from: day, end: hour }, rollDay);
}

/** Closes hours or days whose finer level is all there, as many as about half a second allows. */
async function close(
  tx: Tx,
  level: "hour" | "day",
  ms: number,
  now: Date,
  { from, end }: { from: Date | null; end: Date | null },
  roll: typeof rollHour,
): Promise<boolean> {
  const begun = performance.now();
  let next = from;
  while (next !== null && end !== null && after(next, ms) <= end && performance.now() - begun < 500) {
    const started = performance.now();
    await roll(tx, { from: next, to: after(next, ms) });
    next = after(next, ms);
    await moveWatermark(tx, level, next, now, performance.now() - started);
  }
  return next !== from;
}

async function fillHour(tx: Tx): Promise<boolean> {
  const { minute } = await readWatermarks(tx);
  return minute !== null && (await fill(tx, "hour", hourMs, minute, rollHour));
}

async function fillDay(tx: Tx): Promise<boolean> {
  const hour = await tx.usageRollup.findUnique({ where: { level: "hour" } });
  return hour !== null && (await fill(tx, "day", dayMs, filledTo(hour), rollDay));
}

/** Up to when a level's newest bucket, open or closed, is filled. */
function filledTo({ until, openRanAt }: UsageRollup): Date {
  return openRanAt !== null && openRanAt > until ? openRanAt : until;
}

/** Rolls up the open hour or day from the finer level, there up to `end`, when the last time is long enough ago. */
async function fill(tx: Tx, level: "hour" | "day", ms: number, end: Date, roll: typeof rollHour): Promise<boolean> {
  const row = await tx.usageRollup.findUnique({ where: { level } });
  if (!row || end <= row.until || after(row.until, ms) <= end) return false;
  if (end < after(filledTo(row), Math.max(1, rest * (row.openTookMs ?? 0)))) return false;
  const started = performance.now();
  await roll(tx, { from: row.until, to: after(row.until, ms) });
  await tx.usageRollup.update({ where: { level }, data: { openRanAt: end, openTookMs: performance.now() - started } });
  return true;
}
