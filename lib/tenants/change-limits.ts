import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import type { Prisma } from "@/lib/platform/prisma";
import { announceTenant, recordActivity } from "./activity";
import type { LockedTenant } from "./find";
import { applyLimits, limitNames, limitsOf, limitWords } from "./limits";
import { onServer } from "./on-server";
import { whyNot } from "./rules";
import type { TenantLimits, TenantStatus } from "./shapes";
import { tenantInclude } from "./view";

/** Limits to set, or with null to take away; what is left out stays as it is. */
export type LimitChange = { [name in keyof TenantLimits]?: number | null | undefined };

/** Which of these limits differ from what a tenant has. */
export function changedLimits(tenant: { settings: unknown }, change: LimitChange): (keyof TenantLimits)[] {
  const now = limitsOf(tenant.settings);
  return limitNames.filter((name) => change[name] !== undefined && change[name] !== now[name]);
}

/**
 * Changes the limits of a tenant whose row the caller's transaction holds. As with a status, PostgreSQL comes last, and
 * `reconcile` sets it right should the commit fail.
 */
export async function changeLimits(ctx: Ctx, before: LockedTenant, change: LimitChange): Promise<LockedTenant> {
  const changed = changedLimits(before, change);
  if (changed.length === 0) return before;
  const why = (whyNot as Partial<Record<TenantStatus, string>>)[before.status];
  if (why) throw new AppError("conflict", `The tenant's limits can't be changed: ${why}.`);
  const { id } = before;
  const was = limitsOf(before.settings);
  const limits = { ...was, ...Object.fromEntries(changed.map((name) => [name, change[name]])) };
  const settings = { ...(before.settings as Prisma.JsonObject), limits };
  const data = { settings, version: { increment: 1 }, updatedAt: ctx.now() };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  Object.assign(ctx.note, { target: id, before: { limits: was }, after: { limits } });
  const description = changed.map((name) => limitWords(name, limits[name])).join("; ");
  await recordActivity(ctx, { tenantId: id, type: "limits_changed", description });
  await announceTenant(ctx.db, id);
  await onServer(ctx.db, before, (admin) => applyLimits(admin, before, limits));
  return after;
}
