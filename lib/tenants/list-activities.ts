import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { Prisma } from "@/lib/platform/prisma";
import { activitySql, readActivities } from "./activity-rows";
import { listActivitiesContract } from "./contract-activities";
import { seeTenant } from "./find";

export const listActivities = operation(listActivitiesContract, async (ctx, { tenant, cursor, limit, ...filter }) => {
  if (tenant) await seeTenant(ctx, tenant);
  const parts = [activitySql(filter)];
  if (tenant) parts.push(Prisma.sql`a.tenant_id = ${tenant}::uuid`);
  // Who may see all tenants also sees what happened to those that are gone since.
  else if (scopeOf(ctx.actor).kind !== "all")
    parts.push(Prisma.sql`a.tenant_id IN (SELECT t.id FROM tenants t WHERE ${visibleSql(ctx.actor)})`);
  return await readActivities(ctx.db, "activities.list", Prisma.join(parts, " AND "), { cursor, limit });
});
