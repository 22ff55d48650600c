import { operation } from "@/lib/gate/operation";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { appUrlOf } from "@/lib/tenants/app-url";
import { lockTenant } from "@/lib/tenants/find";
import { beginMaintenance } from "./change";
import { startMaintenanceContract } from "./contract";
import { toView } from "./view";

/** Each call makes a new bypass token, of which the registry keeps the hash: the one before dies with it. */
export const startMaintenance = operation(startMaintenanceContract, async (ctx, { id, ...words }) => {
  const tenant = await lockTenant(ctx, id);
  const bypassToken = randomToken();
  const row = await beginMaintenance(ctx, tenant, words, sha256(bypassToken));
  const bypassUrl = `${appUrlOf(tenant)}?tenantry_bypass=${bypassToken}`;
  return { maintenance: toView(row), bypassToken, bypassUrl };
});
