import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { visibleTenants } from "@/lib/gate/visible";
import { listActivitiesContract } from "./contract";
import { findTenant } from "./find";

export const listActivities = operation(listActivitiesContract, async (ctx, { tenant, before, limit }) => {
  if (tenant) await findTenant(ctx, tenant);
  const rows = await ctx.db.tenantActivity.findMany({
    where: {
      ...(tenant ? { tenantId: tenant } : scopeOf(ctx.actor).kind !== "all" && { tenant: visibleTenants(ctx.actor) }),
      ...(before && { id: { lt: BigInt(before) } }),
    },
    orderBy: { id: "desc" },
    take: limit + 1,
    include: { tenant: { select: { id: true, slug: true, name: true } } },
  });
  const page = rows.slice(0, limit);
  const activities = page.map((row) => ({
    id: String(row.id),
    tenant: row.tenant,
    type: row.activityType,
    description: row.description,
    actor: row.actor,
    ipAddress: row.ipAddress,
    at: row.createdAt.toISOString(),
  }));
  return { activities, next: rows.length > limit ? (activities.at(-1)?.id ?? null) : null };
});
