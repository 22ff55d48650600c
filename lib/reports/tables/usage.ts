import { stateAt } from "@/lib/analytics/question";
import { askedPeriod } from "@/lib/history/asked";
import { usageTable as storedAs } from "@/lib/history/columns";
import { columnOf, type Metric, metricNames } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { usageLevels, type usageParts, usageTable } from "../contract-tables-tenants";
import { plain, type SqlColumn, sqlTable, time, words } from "../table-sql";

const dayMs = 86_400_000;

type Level = (typeof usageLevels)[number];

type Figure = `${Metric}_${(typeof usageParts)[number]}`;

const figures = Object.fromEntries(
  metricNames.flatMap((name) => {
    const column = `u.${columnOf(name)}`;
    return [
      [`${name}_mean`, plain(Prisma.raw(`${column}_sum / nullif(${column}_ms, 0)`))],
      [`${name}_min`, plain(Prisma.raw(`${column}_min`))],
      [`${name}_max`, plain(Prisma.raw(`${column}_max`))],
    ];
  }),
) as Record<Figure, SqlColumn>;

/** Usage that is rolled up, tenant by tenant. A bucket counts where its begin is within the period. */
export const usage = sqlTable(usageTable, async ({ actor, now }, { tenant, level, range, from, to, ...filter }) => {
  const period = askedPeriod({ range, from, to, tz: "UTC", granularity: "auto", width: 800 }, now().getTime());
  const { since } = await stateAt(now);
  const table = storedAs("tenant", level ?? levelFor(period, (finer) => since[finer] <= period.from));
  const parts = [
    tenantCondition(actor, filter),
    Prisma.sql`u.at >= ${new Date(period.from)} AND u.at < ${new Date(period.to)}`,
  ];
  if (tenant.length > 0) parts.push(Prisma.sql`t.id = ANY(${tenant}::uuid[])`);
  return {
    columns: {
      tenant: words(Prisma.sql`t.slug`),
      tenantId: plain(Prisma.sql`t.id`),
      name: words(Prisma.sql`t.name`),
      at: time(Prisma.sql`u.at`),
      ...figures,
    },
    from: Prisma.sql`tenants t JOIN ${table} u ON u.tenant_id = t.id WHERE ${Prisma.join(parts, " AND ")}`,
    order: Prisma.sql`t.slug, u.at`,
  };
});

/** How finely a period is told unless asked: not in more rows than somebody reads, and as far back as it is kept. */
function levelFor({ from, to }: { from: number; to: number }, isKept: (level: Level) => boolean): Level {
  const longest = { minute: 2 * dayMs, hour: 62 * dayMs, day: Number.POSITIVE_INFINITY };
  return usageLevels.find((level) => to - from <= longest[level] && isKept(level)) ?? "day";
}
