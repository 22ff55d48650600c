import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { changeStatus } from "./change-status";
import { showTenantContract } from "./contract";
import { setTenantStatusContract } from "./contract-life";
import { lockTenant } from "./find";
import { tenantViewOf } from "./view";

export const setTenantStatus = operation(setTenantStatusContract, async (ctx, { id, status, reason }) => {
  const before = await lockTenant(ctx, id);
  await requireMatch(ctx, showTenantContract, () => tenantViewOf(ctx.db, before));
  return await tenantViewOf(ctx.db, await changeStatus(ctx, before, status, reason));
});
