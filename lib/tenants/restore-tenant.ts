import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { showTenantContract } from "./contract";
import { restoreTenantContract } from "./contract-life";
import { lockTenant } from "./find";
import { restore } from "./grace";
import { tenantViewOf } from "./view";

export const restoreTenant = operation(restoreTenantContract, async (ctx, { id }) => {
  const before = await lockTenant(ctx, id);
  await requireMatch(ctx, showTenantContract, () => tenantViewOf(ctx.db, before));
  return await tenantViewOf(ctx.db, await restore(ctx, before));
});
