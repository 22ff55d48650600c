import { operation } from "@/lib/gate/operation";
import { lockTenant } from "@/lib/tenants/find";
import { finishMaintenance, readMaintenance } from "./change";
import { endMaintenanceContract } from "./contract";

/** Where there is none, nothing is done: who asked has what they wanted. */
export const endMaintenance = operation(endMaintenanceContract, async (ctx, { id }) => {
  await lockTenant(ctx, id);
  const row = await readMaintenance(ctx, id);
  if (row) await finishMaintenance(ctx, row, "Maintenance ended");
  return { maintenance: null };
});
