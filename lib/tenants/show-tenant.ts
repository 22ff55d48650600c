import { operation } from "@/lib/gate/operation";
import { showTenantContract } from "./contract";
import { findTenant } from "./find";
import { tenantViewOf } from "./view";

export const showTenant = operation(showTenantContract, async (ctx, { id }) => {
  return await tenantViewOf(ctx.db, await findTenant(ctx, id));
});
