import { z } from "zod";
import * as analytics from "@/lib/analytics/contract";
import * as foretold from "@/lib/forecast/contract";
import { narrowing, period } from "@/lib/history/shapes";
import { type Metric, metricNames, metrics } from "@/lib/kernel/metrics";
import { tableShape } from "./contract-table";

/** Rankings of a screen show the highest; a file has as many as can be asked for. */
const top = z.coerce.number().int().min(1).max(100).default(100).describe("how many of the highest");

/** A period for what is summed up over it: how a chart would be drawn of it does not matter. */
const time = { range: period.range, from: period.from, to: period.to };

const whose = { tenant: "the tenant's slug", tenantId: "the tenant's id", name: "the tenant's name" };

const at = "the begin of the step";

const wordsOf = (metric: Metric) => `${metrics[metric].label}, ${metrics[metric].unit}`;

type PerMetric<Ending extends string> = Record<`${Metric}${Ending}`, string>;

const perMetric = Object.fromEntries(metricNames.map((name) => [name, wordsOf(name)])) as PerMetric<"">;

const used = Object.fromEntries(
  metricNames.flatMap((name) => [
    [`${name}_mean`, `mean: ${wordsOf(name)}`],
    [`${name}_max`, `highest: ${wordsOf(name)}`],
    [`${name}_sum`, `value × seconds: ${wordsOf(name)}`],
    [`${name}_before`, `mean of the period before: ${wordsOf(name)}`],
    [`${name}_share`, `part of the sum over all tenants that match, 0 to 1: ${wordsOf(name)}`],
  ]),
) as PerMetric<"_mean" | "_max" | "_sum" | "_before" | "_share">;

const { sort, order, by } = analytics.analyticsTenantsContract.input.shape;

export const tenantUseTable = tableShape({
  name: "tenant-use",
  title: "Use by tenant",
  words: "Which tenant used how much over a period, and what part of the whole.",
  access: "metrics:read",
  scoped: true,
  filter: { ...time, ...narrowing, sort, order, by },
  columns: { ...whose, status: "the tenant's status", plan: "its plan", ...used },
});

export const fleetUseTable = tableShape({
  name: "fleet-use",
  title: "Use of the fleet",
  words:
    "What the fleet used over time, a row a step: sums over tenants, but means of response time, time waited and cache hits.",
  access: "metrics:read",
  scoped: true,
  filter: { ...period, ...narrowing },
  columns: {
    at,
    ...perMetric,
    cpu_unattributed: "CPU that no tenant owns; none where the question is narrowed",
    memory_unattributed: "memory that no tenant owns; none where the question is narrowed",
  },
});

export const performanceTable = tableShape({
  name: "performance",
  title: "Served worst",
  words: "Who was served worst over a period, by response time, errors, waits and cache hits.",
  access: "metrics:read",
  scoped: true,
  filter: { ...time, ...narrowing, top },
  columns: {
    metric: "what is ranked",
    rank: "1 is the worst",
    ...whose,
    mean: "mean over the time for which it is known",
    min: "the lowest value",
    max: "the highest value",
    known: "the part of the period for which it is known, 0 to 1",
    before: "mean of the period before",
  },
});

export const compareTable = tableShape({
  name: "compare",
  title: "Tenants compared",
  words: "Two to eight tenants over time, a row a tenant and step.",
  access: "metrics:read",
  scoped: true,
  filter: analytics.analyticsCompareContract.input.shape,
  columns: { ...whose, metric: "what is told", at, value: "its value, by the mode that was asked for" },
});

export const heatmapTable = tableShape({
  name: "heatmap",
  title: "Tenants by time",
  words: "One metric of many tenants over time, a row a tenant and step.",
  access: "metrics:read",
  scoped: true,
  filter: analytics.analyticsHeatmapContract.input.shape,
  columns: { ...whose, metric: "what is told", at, value: "the mean of the step" },
});

const { range: growing } = analytics.analyticsGrowthContract.input.shape;

export const growthTable = tableShape({
  name: "growth",
  title: "Growth",
  words: "How the fleet grows, a row a step: tenants made and gone, and storage.",
  access: "metrics:read",
  scoped: true,
  filter: { ...period, range: growing, ...narrowing },
  columns: {
    at,
    tenants: "tenants at its end",
    created: "tenants made in it",
    deleted: "tenants gone in it",
    storage: "MiB over all tenants at its end",
  },
});

export const fastestGrowingTable = tableShape({
  name: "fastest-growing",
  title: "Fastest growing tenants",
  words: "The tenants whose storage grows fastest.",
  access: "metrics:read",
  scoped: true,
  filter: { ...time, range: growing, ...narrowing, top },
  columns: { ...whose, from: "MiB at the begin", to: "MiB at the end", perDay: "MiB a day" },
});

const { tenant } = analytics.signInsContract.input.shape;

export const signInsTable = tableShape({
  name: "sign-ins",
  title: "Sign-ins by tenant",
  words: "Sign-ins of tenants' own users over a period, by tenant.",
  access: "activities:read",
  scoped: true,
  filter: { ...time, ...narrowing, tenant, top },
  columns: {
    ...whose,
    succeeded: "sign-ins that succeeded",
    failed: "sign-ins that failed",
    users: "different users who succeeded",
    lastAt: "the newest",
  },
});

export const signInsOverTimeTable = tableShape({
  name: "sign-ins-over-time",
  title: "Sign-ins over time",
  words: "Sign-ins of tenants' own users, a row a step.",
  access: "activities:read",
  scoped: true,
  filter: { ...period, ...narrowing, tenant },
  columns: { at, succeeded: "sign-ins that succeeded", failed: "sign-ins that failed" },
});

export const failingAddressesTable = tableShape({
  name: "failing-addresses",
  title: "Addresses with failed sign-ins",
  words: "Addresses from which sign-ins of tenants' own users failed most.",
  access: "activities:read",
  scoped: true,
  filter: { ...time, ...narrowing, tenant, top },
  columns: {
    address: "the address",
    failed: "sign-ins that failed",
    tenants: "at how many tenants",
    lastAt: "the newest",
  },
});

const { metric, range: watched } = foretold.anomaliesContract.input.shape;

export const anomaliesTable = tableShape({
  name: "anomalies",
  title: "Anomalies",
  words: "What was out of the ordinary over a period, what goes on first, then the newest.",
  access: "metrics:read",
  scoped: true,
  filter: { ...time, range: watched, ...narrowing, tenant, metric },
  columns: {
    id: "the anomaly's number",
    ...whose,
    metric: "what was far from usual",
    from: "when it began",
    to: "when it ended; none while it goes on",
    direction: "high or low",
    peak: "the value farthest from usual",
    expected: "what is usual then",
    score: "how many usual spreads away",
  },
});

const { metric: limited, horizonDays } = foretold.forecastContract.input.shape;

const outlook = {
  metric: "what is foretold",
  now: "the newest known value",
  daysOld: "how many days old that is",
  limit: "the limit",
  limitSource: "where the limit comes from",
  perDay: "how fast it grows, a day",
  reached: "whether it is at the limit or above",
  days: "days until the limit is reached; none: not within the horizon",
  soonest: "the same at the upper edge of the 80 % band",
  latest: "the same at the lower edge",
  refused: "why nothing is foretold",
  historyDays: "days of history that it was made from",
};

export const forecastsTable = tableShape({
  name: "forecasts",
  title: "Forecasts",
  words: "When storage or connections of servers and tenants reach their limit, the soonest first.",
  access: "metrics:read",
  scoped: true,
  filter: { ...narrowing, metric: limited, horizonDays, top },
  columns: { kind: "tenant or server", subject: "the tenant's slug or the server's name", id: "its id", ...outlook },
});

export const capacityTable = tableShape({
  name: "capacity",
  title: "Capacity of servers",
  words: "How full each server is: disk, connections, memory and CPU, with when it will be full.",
  access: "metrics:read",
  filter: { ...time, range: growing },
  columns: {
    server: "the server",
    serverId: "the server's id",
    region: "its region",
    tenants: "tenants on it",
    diskUsedMiB: "all tenants' databases",
    diskTotalMiB: "what its disk holds",
    diskFreeMiB: "what is free",
    diskSource: "how the size is known",
    connections: "connections now",
    connectionsPeak: "the most over the period",
    connectionsLimit: "the most that the server takes",
    cpuMean: "CPU of tenants, percent of one core",
    cpuPeak: "the most, at least",
    cores: "its cores",
    memoryMean: "memory of tenants' backends, MiB",
    memoryPeak: "the most, at least",
    memoryTotalMiB: "its memory",
    storageFullInDays: "days until its disk is full; none: not within the horizon, or not known",
    connectionsFullInDays: "days until its connections are used up; the same",
  },
});

const { server, load, felt } = foretold.neighboursContract.input.shape;

export const neighboursTable = tableShape({
  name: "neighbours",
  title: "Noisy neighbours",
  words: "Whose rise in use goes with whose rise in response time on one server. A correlation, not a cause.",
  access: "metrics:read",
  filter: { ...period, server, load, felt, top },
  columns: {
    noisy: "the tenant whose use rises",
    noisyId: "its id",
    suffers: "the tenant that feels it",
    suffersId: "its id",
    correlation: "Spearman's rank correlation, -1 to 1",
    lagSteps: "by how many steps it follows",
    steps: "how many steps both are known in",
    chance: "how likely as strong a one is by chance",
  },
});
