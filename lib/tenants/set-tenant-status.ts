import { operation } from "@/lib/gate/operation";
import { changeStatus } from "./change-status";
import { setTenantStatusContract } from "./contract";
import { lockTenant } from "./find";
import { tenantViewOf } from "./view";

export const setTenantStatus = operation(setTenantStatusContract, async (ctx, { id, status, reason }) => {
  const before = await lockTenant(ctx, id);
  return await tenantViewOf(ctx.db, await changeStatus(ctx, before, status, reason));
});
