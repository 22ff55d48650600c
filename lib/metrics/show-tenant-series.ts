import { operation } from "@/lib/gate/operation";
import type { Points } from "@/lib/history/shapes";
import { type Metric, metricNames, tenantHold } from "@/lib/kernel/metrics";
import { readingOf } from "@/lib/platform/quick-db";
import { seeTenant } from "@/lib/tenants/find";
import { tenantSeriesContract } from "./contract";
import { fill, windowOf } from "./series";
import { tenantBuckets } from "./tenant-series-question";

/** One tenant's series of every metric over a range. */
export const showTenantSeries = operation(tenantSeriesContract, async (ctx, { id, range }) => {
  await seeTenant(ctx, id);
  const window = windowOf(range, ctx.now());
  const found = await tenantBuckets(readingOf(ctx.db), id, window);
  const points = (name: Metric): Points => {
    const digits = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);
    return fill(found.get(name)?.buckets ?? [], window, tenantHold).map(([at, value]) => [at, digits(value)]);
  };
  return {
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    stepSeconds: window.step / 1000,
    series: Object.fromEntries(metricNames.map((name) => [name, points(name)])) as Record<Metric, Points>,
    sources: Object.fromEntries([...found].map(([name, { source }]) => [name, source])),
  };
});
