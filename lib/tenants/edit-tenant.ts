import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { announceTenant, recordActivity } from "./activity";
import { editTenantContract } from "./contract";
import { lockTenant } from "./find";
import { tenantInclude, tenantViewOf } from "./view";

const words = { name: "name", plan: "plan", region: "region" } as const;

export const editTenant = operation(editTenantContract, async (ctx, { id, version, ...wanted }) => {
  const before = await lockTenant(ctx.db, id);
  if (before.version !== version) {
    throw new AppError("conflict", "Somebody changed this tenant meanwhile. Read it again, then make your change.", {
      reason: "stale",
    });
  }
  const changed = (["name", "plan", "region"] as const).filter(
    (key) => wanted[key] !== undefined && wanted[key] !== before[key],
  );
  if (changed.length === 0) return await tenantViewOf(ctx.db, before);
  const values = Object.fromEntries(changed.map((key) => [key, wanted[key]]));
  const data = { ...values, version: { increment: 1 }, updatedAt: ctx.now() };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  const description = changed.map((key) => `${words[key]}: ${before[key]} → ${after[key]}`).join("; ");
  await recordActivity(ctx, { tenantId: id, type: "edited", description });
  await announceTenant(ctx.db, id);
  return await tenantViewOf(ctx.db, after);
});
