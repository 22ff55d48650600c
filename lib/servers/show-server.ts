import { operation } from "@/lib/gate/operation";
import { visibleTenants } from "@/lib/gate/visible";
import { showServerContract } from "./contract";
import { findServer } from "./find-server";
import { serverViewOf } from "./list-servers";

export const showServer = operation(showServerContract, async (ctx, { id }) => {
  const row = await findServer(ctx.db, id);
  const tenants = await ctx.db.tenant.count({ where: { ...visibleTenants(ctx.actor), serverId: id } });
  return serverViewOf(row, tenants, ctx.now());
});
