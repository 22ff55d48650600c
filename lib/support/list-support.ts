import { operation } from "@/lib/gate/operation";
import { findTenant } from "@/lib/tenants/find";
import { listSupportContract } from "./contract";
import { supportViewOf } from "./view";

const newest = 50;

export const listSupport = operation(listSupportContract, async (ctx, { id }) => {
  await findTenant(ctx, id);
  const rows = await ctx.db.supportAccess.findMany({
    where: { tenantId: id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: newest,
  });
  return { access: rows.map((row) => supportViewOf(row, ctx.now())) };
});
