import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { metrics } from "@/lib/kernel/metrics";
import { showOverview } from "@/lib/metrics/show-overview";
import { ageOf } from "./age";
import { liveContract } from "./contract";
import { topTenants } from "./top-tenants";

export const showLive = operation(liveContract, async (ctx, { metric, limit }) => {
  const { tenants, totals, measuredAt } = await showOverview.run(ctx, {});
  const now = ctx.now();
  return {
    ...{ metric, unit: metrics[metric].unit, partial: scopeOf(ctx.actor).kind !== "all", tenants, totals },
    top: await topTenants(ctx, metric, limit),
    ...ageOf(measuredAt == null ? null : new Date(measuredAt), now),
    at: now.toISOString(),
  };
});
