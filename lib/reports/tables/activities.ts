import { happenedTo } from "@/lib/analytics/activity-rows";
import { askedPeriod } from "@/lib/history/asked";
import { Prisma } from "@/lib/platform/prisma";
import { activitiesTable } from "../contract-tables-tenants";
import { plain, sqlTable, time, words } from "../table-sql";

/** What happened to tenants, the newest first. */
export const activities = sqlTable(activitiesTable, async (ctx, { range, from, to, ...filter }) => {
  const asked = { range, from, to, tz: "UTC", granularity: "auto", width: 800 } as const;
  const parts = [await happenedTo(ctx, filter, askedPeriod(asked, ctx.now().getTime()))];
  if (filter.type.length > 0) parts.push(Prisma.sql`a.activity_type = ANY(${filter.type})`);
  if (filter.actor !== undefined) parts.push(Prisma.sql`a.actor = ${filter.actor}`);
  if (filter.text !== "") parts.push(Prisma.sql`strpos(lower(a.description), lower(${filter.text})) > 0`);
  return {
    columns: {
      id: plain(Prisma.sql`a.id`),
      at: time(Prisma.sql`a.created_at`),
      tenant: words(Prisma.sql`t.slug`),
      tenantId: plain(Prisma.sql`t.id`),
      name: words(Prisma.sql`t.name`),
      type: words(Prisma.sql`a.activity_type`),
      description: words(Prisma.sql`a.description`),
      actor: words(Prisma.sql`a.actor`),
      ipAddress: words(Prisma.sql`host(a.ip_address)`),
    },
    from: Prisma.sql`tenant_activities a JOIN tenants t ON t.id = a.tenant_id WHERE ${Prisma.join(parts, " AND ")}`,
    order: Prisma.sql`a.created_at DESC, a.id DESC`,
  };
});
