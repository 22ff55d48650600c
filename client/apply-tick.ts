import type { Query, QueryClient } from "@tanstack/react-query";
import type { OutputOf } from "@/lib/kernel/contract";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import {
  fleetSeriesContract,
  type LiveMessage,
  type Overview,
  overviewContract,
  type Range,
  ranges,
  tenantSeriesContract,
} from "@/lib/metrics/contract";
import { listTenantsContract, showTenantContract } from "@/lib/tenants/contract";
import type { TenantView, Usage } from "@/lib/tenants/shapes";
import { type FleetSum, sumTicks, totalsOf } from "./fleet-sum";
import { ticksQuery } from "./queries";
import { appendPoint } from "./series";

type TickMessage = Extract<LiveMessage, { type: "tick" }>;
type FleetSeries = OutputOf<typeof fleetSeriesContract>;
type TenantSeries = OutputOf<typeof tenantSeriesContract>;
type TenantList = OutputOf<typeof listTenantsContract>;
type Changes = ReadonlyMap<string, Usage>;

/** Writes one collection round into everything on screen that it concerns. */
export function applyTick(cache: QueryClient, { tick, changes, partial }: TickMessage): void {
  const ticks = { ...cache.getQueryData(ticksQuery().queryKey), [tick.serverId]: tick };
  cache.setQueryData(ticksQuery().queryKey, ticks);
  const changed: Changes = new Map(changes.map((change) => [change.id, change.usage]));
  const servers = cache.getQueryData<Overview>([overviewContract.id])?.servers ?? 1;
  const sum = partial ? null : sumTicks(Object.values(ticks), Date.parse(tick.at), servers);
  applyToOverview(cache, sum, changed, tick.at);
  applyToFleetSeries(cache, sum, tick.at);
  // What could not be read last, as a tenant that is gone, stays so: figures that are written to it would make it good.
  const read = { predicate: ({ state }: Query) => state.error === null };
  cache.setQueriesData<TenantList>({ queryKey: [listTenantsContract.id], ...read }, (list) =>
    list ? { ...list, tenants: list.tenants.map((tenant) => measured(tenant, tick, changed)) } : list,
  );
  cache.setQueriesData<TenantView>({ queryKey: [showTenantContract.id], ...read }, (tenant) =>
    tenant ? measured(tenant, tick, changed) : tenant,
  );
  applyToTenantSeries(cache, tick);
}

function measured(tenant: TenantView, tick: TickMessage["tick"], changed: Changes): TenantView {
  if (tenant.server.id !== tick.serverId) return tenant;
  const news = changed.get(tenant.id);
  if (!news) return { ...tenant, measuredAt: tick.at };
  return { ...tenant, usage: { ...tenant.usage, ...news }, usageChangedAt: tick.at, measuredAt: tick.at };
}

function applyToOverview(cache: QueryClient, sum: FleetSum | null, changed: Changes, at: string): void {
  cache.setQueryData<Overview>([overviewContract.id], (overview) => {
    if (!overview) return overview;
    const top = { ...overview.top };
    for (const metric of ["cpu", "memory", "storage", "requests"] as const) {
      top[metric] = rank(top[metric], metric, changed);
    }
    return { ...overview, top, ...(sum && { totals: totalsOf(sum, overview.totals), measuredAt: at }) };
  });
}

function rank(list: Overview["top"]["cpu"], metric: Metric, changed: Changes): Overview["top"]["cpu"] {
  return list
    .map((tenant) => ({ ...tenant, usage: { ...tenant.usage, ...changed.get(tenant.id) } }))
    .sort((a, b) => (b.usage[metric]?.value ?? -1) - (a.usage[metric]?.value ?? -1));
}

function applyToFleetSeries(cache: QueryClient, sum: FleetSum | null, at: string): void {
  if (!sum) return;
  for (const [key, data] of cache.getQueriesData<FleetSeries>({ queryKey: [fleetSeriesContract.id] })) {
    if (!data) continue;
    const append = appender(data.stepSeconds, key[1] as Range, at);
    const series = { ...data.series };
    for (const name of Object.keys(series) as (keyof typeof series)[]) series[name] = append(series[name], sum[name]);
    cache.setQueryData<FleetSeries>(key, { ...data, series, to: at });
  }
}

function applyToTenantSeries(cache: QueryClient, tick: TickMessage["tick"]): void {
  for (const [key, data] of cache.getQueriesData<TenantSeries>({ queryKey: [tenantSeriesContract.id] })) {
    const tenant = cache.getQueryData<TenantView>([showTenantContract.id, key[1]]);
    if (!data || tenant?.server.id !== tick.serverId) continue;
    const append = appender(data.stepSeconds, key[2] as Range, tick.at);
    const series = { ...data.series };
    for (const name of metricNames) series[name] = append(series[name] ?? [], tenant.usage[name]?.value ?? null);
    cache.setQueryData<TenantSeries>(key, { ...data, series, to: tick.at });
  }
}

function appender(stepSeconds: number, range: Range, at: string) {
  const time = Date.parse(at);
  const from = time - ranges[range] * 1000;
  return (points: FleetSeries["series"]["cpu"], value: number | null) =>
    appendPoint(points, { time, value }, stepSeconds * 1000, from);
}
