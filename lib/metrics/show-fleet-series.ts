import { operation } from "@/lib/gate/operation";
import type { Points } from "@/lib/history/shapes";
import { fleetHold } from "@/lib/kernel/metrics";
import { type FleetMetric, fleetMetrics, fleetSeriesContract } from "./contract";
import { type FleetRow, fleetBuckets, fleetSources } from "./fleet-series-question";
import { fill, sumPoints, type Window, windowOf } from "./series";

/** Fleet-wide series of CPU, memory, storage and requests over a range. */
export const showFleetSeries = operation(fleetSeriesContract, async (ctx, { range }) => {
  const window = windowOf(range, ctx.now());
  const [rows, sources] = await Promise.all([fleetBuckets(ctx.db, window), fleetSources(ctx.db, window)]);
  const servers = [...new Set(rows.map((row) => row.serverId))].map((id) => rows.filter((row) => row.serverId === id));
  const series = fleetMetrics.map((name) => [name, fleetPoints(servers, name, window)]);
  return {
    from: new Date(window.from).toISOString(),
    to: new Date(window.to).toISOString(),
    stepSeconds: window.step / 1000,
    series: Object.fromEntries(series) as Record<FleetMetric, Points>,
    sources,
  };
});

function fleetPoints(servers: FleetRow[][], name: FleetMetric, window: Window): Points {
  const each = servers.map((rows) => {
    const buckets = rows.map(({ at, lastAt, [name]: value }) => ({ at, value, last: value, lastAt }));
    return fill(buckets, window, Math.max(fleetHold, window.step));
  });
  return sumPoints(each, window).map(([at, value]) => [at, value === null ? null : Math.round(value * 100) / 100]);
}
