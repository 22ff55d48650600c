import type { z } from "zod";
import { inWords, showOnAxis } from "@/components/ui/format";
import type { distribution } from "@/lib/analytics/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import { showApart } from "./apart";

export type Distribution = z.infer<typeof distribution>;

/** Of these there is no whole of which a tenant could have a part. */
const means: ReadonlySet<Metric> = new Set(["latency", "waitTime", "cacheHit"]);

/** How a figure is spread, in sentences. */
export function spreadWords(metric: Metric, { tenants, quantiles, gini }: Distribution): string[] {
  const { p50, p90, p99, max } = quantiles;
  if (tenants === 0 || p50 === null || max === null) return [];
  const apart = showApart(metric, [p50, ...(tenants < 10 ? [] : [p90]), ...(tenants < 100 ? [] : [p99]), max]);
  const show = (value: number) => inWords(apart(value));
  const rare = [
    ...(p90 === null || tenants < 10 ? [] : [`one in ten is above ${show(p90)}`]),
    ...(p99 === null || tenants < 100 ? [] : [`one in a hundred above ${show(p99)}`]),
    `the highest is ${show(max)}`,
  ];
  const half = `Half of ${tenants === 1 ? "the 1 tenant" : `the ${tenants} tenants`} are at ${show(p50)} or below`;
  return [`${half}; ${rare.join(", ")}.`, ...(gini === null || means.has(metric) ? [] : [giniWords(gini)])];
}

/** The bins that are drawn: what lies below the least value has none where nobody is there. */
export function shownBins(bins: Distribution["bins"]): Distribution["bins"] {
  return bins.length > 1 && bins[0]?.tenants === 0 ? bins.slice(1) : bins;
}

/** How the bins' edges are written: round, and with as many digits as it takes to tell them apart. */
export function binEdges(metric: Metric, bins: Distribution["bins"]): (value: number) => string {
  const edges = [...new Set(bins.flatMap(({ from, to }) => [from, to]))];
  const round = (value: number) => showOnAxis(metric, value);
  if (new Set(edges.map(round)).size === edges.length) return round;
  const apart = showApart(metric, edges);
  return (value) => (value === 0 ? "0" : inWords(apart(value)));
}

const evenness: readonly [upTo: number, words: string][] = [
  [0.2, "all have about the same"],
  [0.4, "it is fairly even"],
  [0.6, "some have clearly more than others"],
  [0.8, "few tenants have most of it"],
  [1, "a handful of tenants has nearly all of it"],
];

/** The Gini coefficient, and what it says. */
export function giniWords(gini: number): string {
  const words = evenness.find(([upTo]) => gini <= upTo)?.[1] ?? "a handful of tenants has nearly all of it";
  return `Gini coefficient ${gini.toFixed(2)}: ${words}.`;
}
