import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { announceTenant, recordActivity } from "./activity";
import { resumeTenantContract } from "./contract-life";
import { lockTenant } from "./find";
import { stepViews } from "./list-tenant-steps";
import { queueSaga } from "./saga";

export const resumeTenant = operation(resumeTenantContract, async (ctx, { id }) => {
  const tenant = await lockTenant(ctx, id);
  if (!["failed", "provisioning", "deleting"].includes(tenant.status)) {
    throw new AppError("conflict", "Nothing of this tenant is unfinished.");
  }
  if (tenant.status === "failed") {
    await ctx.db.tenant.update({
      where: { id },
      data: { status: "provisioning", statusReason: null, version: { increment: 1 } },
    });
  }
  await ctx.db.tenantStep.updateMany({ where: { tenantId: id, status: "failed" }, data: { status: "pending" } });
  await queueSaga(ctx.db, id);
  await recordActivity(ctx, { tenantId: id, type: "resumed", description: "Tried again" });
  await announceTenant(ctx.db, id);
  return { steps: await stepViews(ctx.db, id, tenant.adopted) };
});
