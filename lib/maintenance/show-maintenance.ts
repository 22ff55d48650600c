import { operation } from "@/lib/gate/operation";
import { seeTenant } from "@/lib/tenants/find";
import { viewMaintenance } from "./change";
import { showMaintenanceContract } from "./contract";

export const showMaintenance = operation(showMaintenanceContract, async (ctx, { id }) => {
  await seeTenant(ctx, id);
  return { maintenance: await viewMaintenance(ctx, id), yourAddress: ctx.ipAddress };
});
