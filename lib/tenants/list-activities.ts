import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { visibleTenants } from "@/lib/gate/visible";
import { listActivitiesContract } from "./contract";
import { findTenant } from "./find";

export const listActivities = operation(listActivitiesContract, async (ctx, { tenant, before, limit }) => {
  if (tenant) await findTenant(ctx, tenant);
  const mark =
    before === undefined ? undefined : await ctx.db.tenantActivity.findUnique({ where: { id: BigInt(before) } });
  if (mark === null) return { activities: [], next: null };
  const rows = await ctx.db.tenantActivity.findMany({
    where: {
      ...(tenant ? { tenantId: tenant } : scopeOf(ctx.actor).kind !== "all" && { tenant: visibleTenants(ctx.actor) }),
      // Apps tell of sign-ins a moment after they happened: ids alone don't say what is older.
      ...(mark && {
        createdAt: { lte: mark.createdAt },
        OR: [{ createdAt: { lt: mark.createdAt } }, { id: { lt: mark.id } }],
      }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
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
