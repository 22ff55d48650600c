import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { shopsFilled } from "./filled";
import { registerMissing } from "./load-tenants";
import { makePast, withoutPast } from "./past";
import { cancelDemoRuns, purgeTenants, takeTraces } from "./remove";
import type { LoadStep, RemoveStep } from "./rules";
import { makeDemoRuns } from "./runs";

/** What works on the demo: `lock` is the connection that holds the lock, and on which the past is written. */
type Work = { lock: pg.Client; clock: Clock; signal: AbortSignal };

/** Milliseconds between two looks at what is waited for. */
const pace = 250;

type Steps<Name extends string> = Record<Name, (work: Work) => Promise<void>>;

// Each may have been done already, wholly or in part: a worker that was killed had come to anywhere.
const loading: Steps<LoadStep> = {
  tenants: registerMissing,
  databases: (work) => until(work, "loading", noneProvisioning),
  runs: (work) => makeDemoRuns(work),
  shops: async ({ lock, signal }) => {
    const missing = await withoutPast(lock);
    if (missing.length > 0) await shopsFilled(lock, missing, signal, isLoading);
  },
  past: async ({ lock, clock }) => void (await makePast(lock, clock())),
};

const removing: Steps<RemoveStep> = {
  runs: cancelDemoRuns,
  databases: async (work) => await until(work, "removing", () => purgeTenants(work)),
  traces: takeTraces,
};

/**
 * Brings the demo to where somebody wants it, if it is not there: one process at a time, which holds a session's lock, so
 * that the next goes on where one was killed. Returns when there is nothing (more) to do here, or the signal is aborted.
 */
export async function workDemo(clock: Clock, signal: AbortSignal): Promise<void> {
  if (!(await wanted())) return;
  const lock = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 5000 });
  lock.on("error", (error) => log().warn({ error: error.message }, "the demo's lock was lost"));
  await lock.connect();
  try {
    const { rows } = await lock.query("SELECT pg_try_advisory_lock(hashtextextended('tenantry_demo', 0)) AS held");
    if (rows[0]?.held) await goOn({ lock, clock, signal });
  } finally {
    await lock.end();
  }
}

async function goOn(work: Work): Promise<void> {
  for (let now = await wanted(); now && !work.signal.aborted; now = await wanted()) {
    const steps: Steps<string> = now.state === "loading" ? loading : removing;
    const names = Object.keys(steps);
    const name = now.step !== null && names.includes(now.step) ? now.step : (names[0] ?? "");
    await (steps[name]?.(work) ?? Promise.resolve()).catch((error) => told(now.state, name, error));
    if (work.signal.aborted) return;
    await stepDone(now.state, name, names[names.indexOf(name) + 1] ?? null, work.clock());
  }
}

/** The demo does without a step that is there for looks; of the others the next attempt may do better. */
async function told(state: string, name: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error);
  log().warn({ step: name, error: message }, `the demo: ${state} met an obstacle`);
  await controlDb().demoFleet.updateMany({ where: { id: 1 }, data: { problem: message } });
  if (!(state === "loading" && (name === "runs" || name === "shops" || name === "past"))) throw error;
}

/** Goes on to the next step, unless somebody wants otherwise by now: then from what they want. */
async function stepDone(state: "loading" | "removing", step: string, next: string | null, now: Date): Promise<void> {
  const where = { id: 1, state, step };
  if (next !== null) await controlDb().demoFleet.updateMany({ where, data: { step: next } });
  else {
    const ended = state === "loading" ? { state: "loaded" as const } : { state: "removed" as const, problem: null };
    await controlDb().demoFleet.updateMany({ where, data: { ...ended, step: null, since: now } });
  }
}

async function wanted(): Promise<{ state: "loading" | "removing"; step: string | null } | undefined> {
  const fleet = await controlDb().demoFleet.findUnique({ where: { id: 1 }, select: { state: true, step: true } });
  if (fleet?.state !== "loading" && fleet?.state !== "removing") return undefined;
  return { state: fleet.state, step: fleet.step };
}

/** Whether the demo is still to be loaded: somebody may want it removed by now. */
async function isLoading(): Promise<boolean> {
  return (await wanted())?.state === "loading";
}

async function until({ signal }: Work, state: string, so: () => Promise<boolean>): Promise<void> {
  while (!signal.aborted && (await wanted())?.state === state && !(await so()))
    await delay(pace, undefined, { signal }).catch(() => undefined);
}

async function noneProvisioning(): Promise<boolean> {
  const unfinished = { demo: { isNot: null }, status: "provisioning" as const, deletedAt: null };
  return (await controlDb().tenant.count({ where: unfinished })) === 0;
}
