import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { activitySql, readActivities } from "./activity-rows";
import { listTenantActivitiesContract } from "./contract-activities";
import { seeTenant } from "./find";

export const listTenantActivities = operation(
  listTenantActivitiesContract,
  async (ctx, { id, cursor, limit, ...filter }) => {
    await seeTenant(ctx, id);
    const which = Prisma.sql`a.tenant_id = ${id}::uuid AND ${activitySql(filter)}`;
    return await readActivities(ctx.db, "tenants.activities", which, { cursor, limit });
  },
);
