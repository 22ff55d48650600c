import { actorName, type Ctx } from "@/lib/gate/context";
import { parseAddressList } from "@/lib/kernel/addresses";
import { AppError } from "@/lib/kernel/errors";
import { announceTenant, recordActivity } from "@/lib/tenants/activity";
import type { LockedTenant } from "@/lib/tenants/find";
import { whyNot } from "@/lib/tenants/rules";
import type { MaintenanceView } from "./contract";
import { isOver, type MaintenanceRow, toView } from "./view";

/** What somebody says when they switch maintenance on. */
export type MaintenanceWords = Pick<MaintenanceView, "message" | "allow" | "retryAfterSeconds" | "until">;

/**
 * Puts a tenant, whose row the caller's transaction holds, into maintenance, or changes what it says. It goes for
 * every settled status, so that a suspended tenant can be activated behind it; not for one that is being made or went.
 */
export async function beginMaintenance(ctx: Ctx, tenant: LockedTenant, words: MaintenanceWords, bypassHash: string) {
  checkSettled(tenant);
  const until = words.until === null ? null : new Date(words.until);
  if (until && until <= ctx.now()) {
    const fields = { until: "This time has passed: name one to come, or none." };
    throw new AppError("invalid", "Maintenance would be over at once.", { fields });
  }
  const before = await readMaintenance(ctx, tenant.id);
  const said = { message: words.message, allow: networks(words.allow), retryAfter: words.retryAfterSeconds, until };
  // Who changes the words of one that goes on does not begin it.
  const { startedAt, startedBy } = before ?? { startedAt: ctx.now(), startedBy: actorName(ctx.actor) };
  return await putMaintenance(ctx, tenant.id, before, { ...said, bypassHash, startedAt, startedBy });
}

/** Writes a maintenance as it is given, and tells of it. */
export async function putMaintenance(
  ctx: Ctx,
  tenantId: string,
  before: MaintenanceRow | null,
  data: Omit<MaintenanceRow, "tenantId">,
): Promise<MaintenanceRow> {
  const row = await ctx.db.tenantMaintenance.upsert({
    where: { tenantId },
    create: { tenantId, ...data },
    update: data,
  });
  Object.assign(ctx.note, { target: tenantId, before: before && toView(before), after: toView(row) });
  const description = before ? `Maintenance changed: ${row.message}` : `Maintenance began: ${row.message}`;
  await recordActivity(ctx, { tenantId, type: "maintenance_started", description });
  await announceTenant(ctx.db, tenantId);
  return row;
}

/** Ends a maintenance that the registry holds; the tenant's row is locked by the caller's transaction. */
export async function finishMaintenance(ctx: Ctx, row: MaintenanceRow, description: string): Promise<void> {
  const { tenantId } = row;
  await ctx.db.tenantMaintenance.delete({ where: { tenantId } });
  Object.assign(ctx.note, { target: tenantId, before: toView(row), after: null });
  await recordActivity(ctx, { tenantId, type: "maintenance_ended", description });
  await announceTenant(ctx.db, tenantId);
}

/** A tenant's maintenance that goes on; null when there is none, or its end has come. */
export async function readMaintenance(ctx: Pick<Ctx, "db" | "now">, tenantId: string): Promise<MaintenanceRow | null> {
  const row = await ctx.db.tenantMaintenance.findUnique({ where: { tenantId } });
  return row && !isOver(row, ctx.now()) ? row : null;
}

/** The same as the API shows it. */
export async function viewMaintenance(ctx: Pick<Ctx, "db" | "now">, tenantId: string): Promise<MaintenanceView | null> {
  const row = await readMaintenance(ctx, tenantId);
  return row && toView(row);
}

function checkSettled({ status }: LockedTenant): void {
  const why: Partial<Record<LockedTenant["status"], string>> = whyNot;
  if (why[status]) throw new AppError("conflict", `The tenant can't be put into maintenance: ${why[status]}.`);
}

/** Whether a maintenance says just this already. */
export function saysAlready(row: MaintenanceRow, words: MaintenanceWords): boolean {
  return (
    row.message === words.message &&
    row.retryAfter === words.retryAfterSeconds &&
    row.allow.join() === networks(words.allow).join() &&
    (row.until?.getTime() ?? null) === (words.until && Date.parse(words.until))
  );
}

/** Addresses and networks in the one form in which they are compared; the contract has read them already. */
export function networks(allow: readonly string[]): string[] {
  const parsed = parseAddressList(allow.join(","));
  return parsed.ok ? [...new Set(parsed.ranges.map(({ text }) => text))] : [];
}
