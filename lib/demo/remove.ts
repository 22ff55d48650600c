import { setTimeout as delay } from "node:timers/promises";
import { cancelRun } from "@/lib/bulk/cancel-run";
import { recordAudit } from "@/lib/gate/audit";
import { perform } from "@/lib/gate/operation";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { controlDb } from "@/lib/platform/prisma";
import { lockTenant } from "@/lib/tenants/find";
import { beginPurge } from "@/lib/tenants/purge";
import { asDemo } from "./load-tenants";
import { eraseDemo, measuredSince } from "./traces";

type Work = { clock: Clock; signal: AbortSignal };

/** Ends the demo's own bulk runs, and waits until nothing of them is at work. */
export async function cancelDemoRuns({ clock, signal }: Work): Promise<void> {
  const own = (await controlDb().demoRun.findMany()).map(({ runId }) => runId);
  const open = { id: { in: own }, status: { in: ["planned", "awaiting_second", "running", "paused"] as const } };
  for (const { id } of await controlDb().bulkRun.findMany({
    where: { ...open, status: { in: [...open.status.in] } },
    select: { id: true },
  }))
    await perform(cancelRun, asDemo(controlDb(), clock, signal), { id }).catch(unlessEnded);
  while (!signal.aborted && (await controlDb().bulkRun.count({ where: { id: { in: own }, status: "cancelling" } })) > 0)
    await delay(250, undefined, { signal }).catch(() => undefined);
}

/** A run may have come to its end meanwhile. */
function unlessEnded(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== "conflict") throw error;
}

/** Begins to purge each tenant of the demo that can be by now; true when all of them are gone. */
export async function purgeTenants({ clock, signal }: Work): Promise<boolean> {
  const left = await controlDb().tenant.findMany({
    where: { demo: { isNot: null }, deletedAt: null },
    select: { id: true, status: true },
  });
  for (const { id, status } of left) {
    if (signal.aborted) return false;
    // One that is still being made comes to its end first; one that is going is the worker's already.
    if (status !== "provisioning" && status !== "deleting") await purgeOne(id, clock, signal).catch(unlessEnded);
  }
  return left.length === 0;
}

async function purgeOne(id: string, clock: Clock, signal: AbortSignal): Promise<void> {
  await controlDb().$transaction(
    async (db) => {
      // Who holds this mark now is the demo's, whatever its slug became.
      if (!(await db.demoTenant.findUnique({ where: { tenantId: id } }))) return;
      const ctx = asDemo(db, clock, signal);
      await beginPurge(ctx, await lockTenant(ctx, id));
      await recordAudit(ctx, { operation: "tenants.purge", outcome: "done", input: { id } });
    },
    { maxWait: 5000, timeout: 30_000 },
  );
}

/** How long is waited for a collection round that no longer knows the tenants, in milliseconds. */
const patience = 15_000;

/** Takes back what tells of the demo, once no round that began while it was there can write more of it. */
export async function takeTraces({ signal }: Work): Promise<void> {
  const deadline = performance.now() + patience;
  while (!signal.aborted && performance.now() < deadline && !(await measuredSince()))
    await delay(250, undefined, { signal }).catch(() => undefined);
  if (!signal.aborted) await eraseDemo();
}
