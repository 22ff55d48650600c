import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@/lib/kernel/clock";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { backoffMs } from "@/lib/platform/transient";
import { takeBack } from "./abandoned";
import type { Action } from "./action";
import { findAction } from "./actions";
import { type Bell, newBell } from "./bell";
import type { Claimed } from "./claim";
import { keepLeases } from "./heartbeat";
import { leaveRun, othersWait } from "./next-look";
import { pump } from "./pump";
import { announceRun } from "./queue";
import { runItem } from "./run-item";
import { counted, type GivenUp, openRun, placesFor, Unworkable, type Work } from "./running";
import { settleRun } from "./settle";
import { targetsOf } from "./targets";

export type WorkOptions = {
  clock: Clock;
  /** Replaces the declared actions and the waits below: for tests. */
  find?: (name: string) => Action | undefined;
  backoffMs?: (attempt: number) => number;
  sliceMs?: number;
  graceMs?: number;
};

/** A run works this long before it makes room for others that wait. */
const sliceMs = 5000;
/** When the worker stops: how long items may come to their end by themselves. */
const graceMs = 6000;
/** How long ends are gathered, so that one transaction stores several and begins as many. */
const gatherMs = 20;

const here = new Map<string, { again: boolean; wake: () => void }>();

/**
 * Works on a run for as long as there is something to do, then queues the next look at it. Any number of processes may
 * do so at once; within one process the second one only tells the first to look again.
 */
export async function workRun(runId: string, signal: AbortSignal, options: WorkOptions): Promise<void> {
  const other = here.get(runId);
  if (other) {
    other.again = true;
    return other.wake();
  }
  const mine: { again: boolean; wake: () => void } = { again: false, wake: () => undefined };
  here.set(runId, mine);
  try {
    do {
      mine.again = false;
      await driveRun(runId, signal, options, (wake) => {
        mine.wake = wake;
      });
    } while (mine.again && !signal.aborted);
  } finally {
    here.delete(runId);
  }
}

/** The same without asking whether this process does so already. */
export async function driveRun(
  runId: string,
  signal: AbortSignal,
  options: WorkOptions,
  told: (wake: () => void) => void = () => undefined,
): Promise<void> {
  await takeBack(runId, options.clock());
  const run = await openRun(runId, options.find ?? findAction).catch((error) => unworkable(runId, error));
  if (!run) return;
  const bell = newBell();
  told(bell.ring);
  const work: Work = {
    run,
    clock: options.clock,
    leaseMs: env().BULK_LEASE_SECONDS * 1000,
    backoffMs: options.backoffMs ?? backoffMs,
    ...{ held: new Map(), ends: [], lines: [], owesSettle: false, freed: 0, toldAt: 0, wake: bell.ring },
  };
  const done = new AbortController();
  const leases = keepLeases(work, done.signal);
  try {
    const yields = await counted(work, () => drive(work, signal, bell, options));
    await leaveRun(runId, work.clock, yields);
  } finally {
    done.abort();
    await leases;
  }
}

/** Until nothing can be begun and nothing runs here. True when there is more, left for the sake of others. */
async function drive(work: Work, signal: AbortSignal, bell: Bell, options: WorkOptions): Promise<boolean> {
  const until = performance.now() + (options.sliceMs ?? sliceMs);
  const stopping = stopsWith(work, signal, bell, options.graceMs ?? graceMs);
  let yields = false;
  let failures = 0;
  try {
    for (;;) {
      const closed = signal.aborted || yields;
      work.freed = 0;
      try {
        const begun = await pump(work, closed ? 0 : placesFor(work) - work.held.size + work.ends.length);
        begin(work, begun);
        failures = 0;
        const idle = work.held.size + work.lines.length === 0;
        if (idle) {
          if (closed || !(await goesOn(work))) return closed;
          continue;
        }
      } catch (error) {
        failures++;
        log().warn({ run: work.run.id, error: String(error) }, "a bulk run could not be written down; tried again");
        if (failures > 5 && (work.held.size === 0 || signal.aborted)) throw error;
        await delay(Math.min(2000, 100 * 2 ** failures));
      }
      if (await bell.rung(1000)) await gather(work, bell);
      if (!yields && performance.now() > until) yields = await othersWait().catch(() => false);
    }
  } finally {
    stopping();
  }
}

/** Waits for a quarter of what runs to come to its end, but not for long. */
async function gather(work: Work, bell: Bell): Promise<void> {
  const enough = work.held.size / 4;
  const until = performance.now() + gatherMs;
  for (let left = gatherMs; left > 0 && work.freed < enough; left = until - performance.now()) await bell.rung(left);
}

/** When the worker stops, what runs has a while to come to its end; then it is given up and begun again elsewhere. */
function stopsWith(work: Work, signal: AbortSignal, bell: Bell, grace: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => {
    bell.ring();
    timer = setTimeout(() => {
      for (const { abort } of work.held.values()) abort.abort("stopping" satisfies GivenUp);
    }, grace);
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  };
}

/** Starts what was claimed; each item rings when it comes to its end. */
function begin(work: Work, claimed: Claimed[]): void {
  const targets = targetsOf(claimed);
  for (const item of claimed) {
    const held = { item, abort: new AbortController(), renewedAt: performance.now() };
    work.held.set(item.position, held);
    void runItem(work, held, () => targets(item.tenantId)).then((ended) => {
      work.freed++;
      if (typeof ended === "object") work.ends.push(ended.end);
      else work.held.delete(item.position);
      work.wake();
    });
  }
}

/** With nothing left in hand: whether settling the run lets more of it begin. */
async function goesOn({ run, clock }: Work): Promise<boolean> {
  return await controlDb().$transaction(async (db) => {
    const before = await db.bulkRun.findUniqueOrThrow({ where: { id: run.id }, select: { wave: true } });
    const status = await settleRun(db, run.id, clock);
    const after = await db.bulkRun.findUniqueOrThrow({ where: { id: run.id }, select: { wave: true } });
    return status === "running" && after.wave > before.wave;
  });
}

async function unworkable(runId: string, error: unknown): Promise<undefined> {
  if (!(error instanceof Unworkable)) throw error;
  await controlDb().$transaction(async (db) => {
    const { count } = await db.bulkRun.updateMany({
      where: { id: runId, status: "running" },
      data: { status: "paused", reason: error.message },
    });
    if (count > 0) await announceRun(db, runId);
    else await settleRun(db, runId, () => new Date());
  });
}
