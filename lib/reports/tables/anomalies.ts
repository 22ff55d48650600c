import { askedPeriod } from "@/lib/history/asked";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { anomaliesTable } from "../contract-tables-analytics";
import { plain, sqlTable, time, words } from "../table-sql";

/** What was out of the ordinary within a time: what goes on first, then the newest. */
export const anomalies = sqlTable(anomaliesTable, ({ actor, now }, { range, from, to, tenant, metric, ...filter }) => {
  const asked = { range, from, to, tz: "UTC", granularity: "auto", width: 800 } as const;
  const period = askedPeriod(asked, now().getTime());
  const parts = [
    tenantCondition(actor, filter),
    Prisma.sql`a.started_at < ${new Date(period.to)} AND (a.ended_at IS NULL OR a.ended_at > ${new Date(period.from)})`,
  ];
  if (tenant !== undefined) parts.push(Prisma.sql`t.id = ${tenant}::uuid`);
  if (metric.length > 0) parts.push(Prisma.sql`a.metric = ANY(${metric})`);
  return {
    columns: {
      id: plain(Prisma.sql`a.id`),
      tenant: words(Prisma.sql`t.slug`),
      tenantId: plain(Prisma.sql`t.id`),
      name: words(Prisma.sql`t.name`),
      metric: words(Prisma.sql`a.metric`),
      from: time(Prisma.sql`a.started_at`),
      to: time(Prisma.sql`a.ended_at`),
      direction: words(Prisma.sql`a.direction`),
      peak: plain(Prisma.sql`a.peak`),
      expected: plain(Prisma.sql`a.expected`),
      score: plain(Prisma.sql`a.score`),
    },
    from: Prisma.sql`usage_anomalies a JOIN tenants t ON t.id = a.tenant_id WHERE ${Prisma.join(parts, " AND ")}`,
    order: Prisma.sql`a.ended_at IS NOT NULL, a.started_at DESC, a.id DESC`,
  };
});
