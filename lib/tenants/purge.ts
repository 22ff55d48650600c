import { setTimeout as delay } from "node:timers/promises";
import { recordAudit } from "@/lib/gate/audit";
import { type Ctx, systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { announceTenant, recordActivity } from "./activity";
import { enforceStatus } from "./enforce";
import { type LockedTenant, lockTenant } from "./find";
import { onServer } from "./on-server";
import { roleMark } from "./role-steps";
import { checkGoing, locksDatabase } from "./rules";
import { beginSaga, runSaga } from "./saga";
import { mark } from "./steps";
import { tenantInclude } from "./view";

/** Begins to drop a tenant's database and role, or to leave an adopted one; the worker does the rest. No way back. */
export async function beginPurge(ctx: Ctx, before: LockedTenant): Promise<LockedTenant> {
  checkGoing(before);
  const { id, slug, status } = before;
  const data = {
    ...{ status: "deleting" as const, statusReason: null, purgeAfter: null, statusBefore: null },
    ...{ version: { increment: 1 }, updatedAt: ctx.now() },
  };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  await beginSaga(ctx.db, id, "remove", before.adopted);
  Object.assign(ctx.note, { target: id, before: { slug, status }, after: { status: "deleting" } });
  await recordActivity(ctx, { tenantId: id, type: "deletion_started", description: "Deletion started" });
  await announceTenant(ctx.db, id);
  if (!locksDatabase(status)) await shutOut(ctx, before);
  return after;
}

/** The tenant is shut out before the answer, not when the worker comes to it; a server that is away waits for that. */
async function shutOut({ db }: Ctx, tenant: LockedTenant): Promise<void> {
  try {
    await onServer(db, tenant, async (admin) => {
      if ((await roleMark(admin, tenant.role)) === mark(tenant.id)) await enforceStatus(admin, tenant, "deleting");
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unavailable") throw error;
  }
}

/**
 * Works on a tenant's removal, or waits for the process that does, until the tenant is gone. Throws what stopped it:
 * `unavailable` while its server is away, `conflict` with the step's own words otherwise.
 */
export async function finishPurge(tenantId: string, clock: Clock, signal: AbortSignal): Promise<void> {
  for (;;) {
    await runSaga(tenantId, { clock });
    const { deletedAt, steps } = await controlDb().tenant.findUniqueOrThrow({
      where: { id: tenantId },
      include: { steps: { where: { saga: "remove", status: { in: ["pending", "failed"] }, error: { not: null } } } },
    });
    if (deletedAt) return;
    const [stuck] = steps;
    if (stuck?.error) throw new AppError(stuck.status === "failed" ? "conflict" : "unavailable", stuck.error);
    await delay(200, undefined, { signal });
  }
}

/** Begins to purge the tenants whose time of grace is over. Returns their slugs. */
export async function purgeDue(now: Clock, signal: AbortSignal): Promise<string[]> {
  const due = await controlDb().tenant.findMany({
    where: { status: "deleted", deletedAt: null, purgeAfter: { lte: now() } },
    select: { id: true, slug: true },
    orderBy: { purgeAfter: "asc" },
    take: 500,
  });
  const begun: string[] = [];
  for (const { id, slug } of due) {
    if (signal.aborted) break;
    try {
      if (await purgeOne(id, now, signal)) begun.push(slug);
    } catch (error) {
      log().warn({ tenant: slug, error: String(error) }, "a deleted tenant could not be purged yet");
    }
  }
  if (begun.length > 0) log().info({ tenants: begun }, "the time of grace of deleted tenants is over");
  return begun;
}

/** False when somebody restored the tenant, or purged it, since it was found. */
async function purgeOne(id: string, now: Clock, signal: AbortSignal): Promise<boolean> {
  return await controlDb().$transaction(async (db) => {
    const ctx = systemContext("worker", db, now, newId(now()), signal);
    const tenant = await lockTenant(ctx, id);
    if (tenant.status !== "deleted" || !tenant.purgeAfter || tenant.purgeAfter > now()) return false;
    await beginPurge(ctx, tenant);
    await recordAudit(ctx, { operation: "tenants.purge", outcome: "done", input: { id } });
    return true;
  });
}
