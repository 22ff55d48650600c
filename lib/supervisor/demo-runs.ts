import { setTimeout as delay } from "node:timers/promises";
import { confirmRun } from "@/lib/bulk/confirm-run";
import { findPlanOperation } from "@/lib/bulk/plan-operations";
import type { RunView } from "@/lib/bulk/shapes";
import type { Ctx } from "@/lib/gate/context";
import { type Operation, perform } from "@/lib/gate/operation";

type DemoRun = { action: string; body: Record<string, unknown>; confirmed: boolean };

/** What an operator may have done and planned with the demo's tenants. */
const runs: readonly DemoRun[] = [
  {
    action: "tag",
    body: { filter: { plan: ["business", "enterprise"] }, input: { add: ["key-account"] }, note: "Who pays the most" },
    confirmed: true,
  },
  {
    action: "set-limits",
    body: { filter: { plan: ["free"] }, input: { connections: 10 }, note: "Free plans share a server" },
    confirmed: true,
  },
  {
    action: "vacuum",
    body: { filter: {}, input: { mode: "analyze" }, note: "After the first import" },
    confirmed: true,
  },
  {
    action: "deactivate",
    body: { filter: { plan: ["free"] }, input: { reason: "Trial is over" }, note: "To be decided on Monday" },
    confirmed: false,
  },
];

/**
 * Plans and confirms the demo's bulk runs through the same operations as everybody's, one after the other: the worker
 * does them. The last is left for a person to confirm.
 */
export async function makeDemoRuns(context: () => Ctx): Promise<void> {
  if ((await context().db.bulkRun.count()) > 0) return;
  for (const { action, body, confirmed } of runs) {
    const plan = findPlanOperation(`bulk-${action}`);
    if (!plan) throw new Error(`The demo plans a run of ${action}, which is no action.`);
    const { id, digest } = (await perform(plan as Operation, context(), body)) as RunView;
    if (!confirmed) continue;
    await perform(confirmRun, context(), { id, digest });
    await ended(context(), id);
  }
}

async function ended({ db, signal }: Ctx, id: string): Promise<void> {
  while (!signal.aborted && (await db.bulkRun.count({ where: { id, status: "running" } })) > 0) {
    await delay(250, undefined, { signal }).catch(() => undefined);
  }
}
