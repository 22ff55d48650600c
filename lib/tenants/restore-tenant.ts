import { operation } from "@/lib/gate/operation";
import { restoreTenantContract } from "./contract";
import { lockTenant } from "./find";
import { restore } from "./grace";
import { tenantViewOf } from "./view";

export const restoreTenant = operation(restoreTenantContract, async (ctx, { id }) => {
  const before = await lockTenant(ctx, id);
  return await tenantViewOf(ctx.db, await restore(ctx, before));
});
