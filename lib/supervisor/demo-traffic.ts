import { setTimeout as delay } from "node:timers/promises";
import { keepTraffic, wantsTraffic } from "@/lib/demo/traffic";
import { controlDb } from "@/lib/platform/prisma";
import { type Child, type ChildPlan, keepRunning, type Say } from "./children";

/** Milliseconds between two looks whether the demo has tenants. */
const pace = 2000;

/**
 * Runs the process that makes the demo's traffic while the demo has tenants, and no longer. With no sample app beside it
 * (`plan` is absent) it only writes down that there is none. Returns what ends it.
 */
export async function keepDemoTraffic(plan: ChildPlan | undefined, say: Say): Promise<() => Promise<void>> {
  await keepTraffic(controlDb(), plan !== undefined);
  if (!plan) return async () => undefined;
  const stop = new AbortController();
  const done = follow(plan, stop.signal, say);
  return async () => {
    stop.abort();
    await done;
  };
}

async function follow(plan: ChildPlan, stop: AbortSignal, say: Say): Promise<void> {
  let child: Child | undefined;
  while (!stop.aborted) {
    // A control database that is away for a while changes nothing.
    const wanted = await wantsTraffic(controlDb()).catch(() => child !== undefined);
    if (wanted && !child && !stop.aborted) child = keepRunning(plan, say);
    if (!wanted && child) {
      await child.stop();
      child = undefined;
    }
    await delay(pace, undefined, { signal: stop }).catch(() => undefined);
  }
  await child?.stop();
}
