import type { Ctx } from "@/lib/gate/context";
import { type TenantFilter, tenantCondition } from "@/lib/tenants/list-tenants";
import { dailyValue, type ForecastMetric, lastDay } from "./daily-series";
import { dayMs } from "./usual";

/** Days over which a straight line chooses who is worth a forecast. */
const slopeDays = 30;

const limitKeys = { storage: "storageMb", connections: "connections" } as const;

/**
 * The tenants whose limits seem nearest by a straight line through the last 30 days, then those that grow fastest
 * without a limit: half as many again as are asked for, since the forecast itself may see it otherwise.
 */
export async function candidates(
  ctx: Ctx,
  filter: TenantFilter,
  metric: ForecastMetric,
  top: number,
): Promise<{ id: string; settings: unknown }[]> {
  const until = lastDay(metric, ctx.now());
  return await ctx.db.$queryRaw<{ id: string; settings: unknown }[]>`
    WITH moving AS (
      SELECT d.tenant_id,
             regr_slope(${dailyValue(metric)}, extract(epoch FROM d.at)::float8 / 86400) AS slope,
             (array_agg(${dailyValue(metric)} ORDER BY d.at DESC))[1] AS value
        FROM tenant_usage_days d
       WHERE d.at >= ${new Date(until.getTime() - slopeDays * dayMs)} AND d.at < ${until}
         AND ${dailyValue(metric)} IS NOT NULL
       GROUP BY d.tenant_id
    )
    SELECT t.id, t.settings
      FROM tenants t JOIN moving m ON m.tenant_id = t.id
      CROSS JOIN LATERAL (SELECT (t.settings #>> ${["limits", limitKeys[metric]]}::text[])::float8 AS most) l
     WHERE ${tenantCondition(ctx.actor, filter)}
     ORDER BY CASE WHEN m.value >= l.most THEN 0 WHEN m.slope > 0 THEN (l.most - m.value) / m.slope END NULLS LAST,
              (l.most IS NOT NULL) DESC, m.slope DESC NULLS LAST, t.id
     LIMIT ${Math.ceil(top * 1.5) + 5}`;
}
