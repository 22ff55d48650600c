import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { announceTenant, recordActivity } from "./activity";
import { enforceStatus } from "./enforce";
import type { LockedTenant } from "./find";
import { onServer } from "./on-server";
import { beginPurge } from "./purge";
import { calendarDay, checkGoing } from "./rules";
import type { TenantStatus } from "./shapes";
import { tenantInclude } from "./view";

const dayMs = 86_400_000;

/** For how many days a deleted tenant can be restored. */
export const graceDays = (): number => env().DELETE_GRACE_DAYS;

/**
 * Deletes a tenant: PostgreSQL shuts it out as if it were suspended, and everything of it stays until its time of grace
 * is over. One whose set-up failed never held anything and goes at once.
 */
export async function deleteTenant(ctx: Ctx, before: LockedTenant): Promise<LockedTenant> {
  checkGoing(before);
  if (before.status === "failed") return await beginPurge(ctx, before);
  if (before.status === "deleted") {
    const until = before.purgeAfter ? ` and goes after ${calendarDay(before.purgeAfter)}` : "";
    throw new AppError("conflict", `The tenant is deleted already${until}. Restore it, or purge it now.`);
  }
  const purgeAfter = new Date(ctx.now().getTime() + graceDays() * dayMs);
  const words = `can be restored until ${calendarDay(purgeAfter)}`;
  return await moveTo(ctx, before, { status: "deleted", purgeAfter, statusBefore: before.status }, words);
}

/** Brings a deleted tenant back to the status that it had, with everything it held. */
export async function restore(ctx: Ctx, before: LockedTenant): Promise<LockedTenant> {
  if (before.status !== "deleted") {
    const why = before.status === "deleting" ? "it is being purged" : `it is ${before.status}`;
    throw new AppError("conflict", `The tenant can't be restored: ${why}.`);
  }
  const status = before.statusBefore ?? "active";
  return await moveTo(ctx, before, { status, purgeAfter: null, statusBefore: null }, "restored");
}

type Standing = { status: TenantStatus; purgeAfter: Date | null; statusBefore: TenantStatus | null };

/** As `changeStatus` does it: PostgreSQL last, so that nothing changed if it can't be reached. */
async function moveTo(ctx: Ctx, before: LockedTenant, standing: Standing, words: string): Promise<LockedTenant> {
  const { id, slug } = before;
  const { status, purgeAfter } = standing;
  const data = { ...standing, version: { increment: 1 }, updatedAt: ctx.now() };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  Object.assign(ctx.note, { target: id, before: { slug, status: before.status }, after: { status, purgeAfter } });
  await recordActivity(ctx, {
    tenantId: id,
    type: status === "deleted" ? "status_changed" : "restored",
    description: `${before.status} → ${status}: ${words}`,
    metadata: { from: before.status, to: status },
  });
  await announceTenant(ctx.db, id);
  await onServer(ctx.db, before, (admin) => enforceStatus(admin, before, status));
  return after;
}
