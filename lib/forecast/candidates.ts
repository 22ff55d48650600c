import type { Ctx } from "@/lib/gate/context";
import { Prisma } from "@/lib/platform/prisma";
import { type TenantFilter, tenantCondition } from "@/lib/tenants/list-tenants";
import { dailyValue, type ForecastMetric, lastDay } from "./daily-series";
import { dayMs } from "./usual";

/** Days over which a straight line chooses who is worth a forecast. */
const slopeDays = 30;

const limitKeys = { storage: "storageMb", connections: "connections" } as const;

/**
 * The middle of five days' values: the day's own and of the two before and after, at the beginning of later ones. What lasts
 * a day or two is never in the middle, so a spike bends the line no more than the forecast; a line stays the same.
 */
const calm = Prisma.sql`
  greatest(least(value, greatest(least(a, b), least(c, d))),
           least(greatest(value, greatest(least(a, b), least(c, d))), least(greatest(a, b), greatest(c, d))))`;

/**
 * The tenants whose limits seem nearest by a straight line through the last 30 days, spikes left out, then those that grow
 * fastest without a limit: half as many again as are asked for, since the forecast itself may see it otherwise.
 */
export async function candidates(
  ctx: Ctx,
  filter: TenantFilter,
  metric: ForecastMetric,
  top: number,
): Promise<{ id: string; settings: unknown }[]> {
  const until = lastDay(metric, ctx.now());
  return await ctx.db.$queryRaw<{ id: string; settings: unknown }[]>`
    WITH days AS (
      SELECT d.tenant_id, extract(epoch FROM d.at)::float8 / 86400 AS day, ${dailyValue(metric)} AS value
        FROM tenant_usage_days d
       WHERE d.at >= ${new Date(until.getTime() - slopeDays * dayMs)} AND d.at < ${until}
         AND ${dailyValue(metric)} IS NOT NULL
    ), near AS (
      SELECT *, coalesce(lag(value, 2) OVER own, lead(value, 4) OVER own, value) AS a,
             coalesce(lag(value) OVER own, lead(value, 3) OVER own, value) AS b,
             coalesce(lead(value) OVER own, value) AS c,
             coalesce(lead(value, 2) OVER own, lead(value) OVER own, value) AS d
        FROM days WINDOW own AS (PARTITION BY tenant_id ORDER BY day)
    ), moving AS (
      SELECT tenant_id, regr_slope(${calm}, day) AS slope, (array_agg(value ORDER BY day DESC))[1] AS value
        FROM near GROUP BY tenant_id
    )
    SELECT t.id, t.settings
      FROM tenants t JOIN moving m ON m.tenant_id = t.id
      CROSS JOIN LATERAL (SELECT (t.settings #>> ${["limits", limitKeys[metric]]}::text[])::float8 AS most) l
     WHERE ${tenantCondition(ctx.actor, filter)}
     ORDER BY CASE WHEN m.value >= l.most THEN 0 WHEN m.slope > 0 THEN (l.most - m.value) / m.slope END NULLS LAST,
              (l.most IS NOT NULL) DESC, m.slope DESC NULLS LAST, t.id
     LIMIT ${Math.ceil(top * 1.5) + 5}`;
}
