import type { Ctx } from "@/lib/gate/context";
import { announceTenant, recordActivity } from "./activity";
import { enforceStatus } from "./enforce";
import type { LockedTenant } from "./find";
import { onServer } from "./on-server";
import { checkTransition } from "./rules";
import type { SettableStatus } from "./shapes";
import { tenantInclude } from "./view";

/**
 * Changes the status of a tenant whose row the caller's transaction holds. PostgreSQL is made to hold to it last: if it
 * can't be reached, nothing changed. If the commit then fails, `reconcile` sets PostgreSQL right again.
 */
export async function changeStatus(ctx: Ctx, before: LockedTenant, status: SettableStatus, reason: string) {
  checkTransition(before.status, status);
  const { id } = before;
  const data = { status, statusReason: reason || null, version: { increment: 1 }, updatedAt: ctx.now() };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  const was = { status: before.status, reason: before.statusReason };
  Object.assign(ctx.note, { target: id, before: was, after: { status, reason: after.statusReason } });
  const description = `${before.status} → ${status}${reason ? `: ${reason}` : ""}`;
  await recordActivity(ctx, {
    tenantId: id,
    type: "status_changed",
    description,
    metadata: { from: before.status, to: status },
  });
  await announceTenant(ctx.db, id);
  await onServer(ctx.db, before, (admin) => enforceStatus(admin, before, status));
  return after;
}
