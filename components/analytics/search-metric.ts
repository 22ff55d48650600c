import { parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import { type Metric, metricNames, metrics } from "@/lib/kernel/metrics";

/** The metric that a page is about, as it stands in the address. */
export const searchMetric = { metric: parseAsStringLiteral(metricNames).withDefault("cpu") };

/** What of a metric the table of tenants is sorted by. */
export const rankSorts = ["avg", "max", "sum", "change", "name"] as const;
export type RankSort = (typeof rankSorts)[number];

/** The table of who uses how much, as it stands in the address. */
export const searchRank = {
  ...searchMetric,
  by: parseAsStringLiteral(rankSorts).withDefault("avg"),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type RankSearch = { metric: Metric; by: RankSort; order: "asc" | "desc"; page: number };

/** How many tenants a page of the table holds. */
export const rankPageSize = 50;

/** The table's view as the operation's input. */
export function rankInput({ metric, by, order, page }: RankSearch) {
  return {
    sort: by === "name" ? ("name" as const) : metric,
    by: by === "name" ? ("avg" as const) : by,
    order,
    page: Math.min(Math.max(page, 1), 100_000),
    pageSize: rankPageSize,
  };
}

/** How the heat map is put together, as it stands in the address. */
export const searchHeat = {
  ...searchMetric,
  sort: parseAsStringLiteral(["mean", "peak", "name"] as const).withDefault("mean"),
  rows: parseAsInteger.withDefault(50),
  scale: parseAsStringLiteral(["all", "own"] as const).withDefault("all"),
};

/** The heat map's view as the operation's input. */
export function heatInput(view: { metric: Metric; sort: "mean" | "peak" | "name"; rows: number }) {
  return { metric: view.metric, sort: view.sort, top: Math.min(Math.max(view.rows, 1), 500) };
}

const named = (names: readonly Metric[]) => names.map((value) => ({ value, label: metrics[value].label }));

/** All metrics in groups, for choosing one. */
export const metricGroups = [
  { group: "What is used", items: named(["cpu", "memory", "buffers", "storage", "connections"]) },
  { group: "What is done", items: named(["requests", "transactions"]) },
  { group: "How it is served", items: named(["latency", "errors", "cacheHit", "pooled", "waits", "waitTime"]) },
  { group: "The app itself", items: named(["appCpu", "appMemory"]) },
];
