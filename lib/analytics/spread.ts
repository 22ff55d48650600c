import type { z } from "zod";
import { figure } from "@/lib/history/cells";
import type { Figures, TenantFigures } from "@/lib/history/read-figures";
import type { TenantName } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import type { distribution, Mover } from "./shapes";

type Distribution = z.infer<typeof distribution>;

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/** How a figure is spread over tenants; those unknown are left out. */
export function distributionOf(means: readonly (number | null)[]): Distribution {
  const sorted = known(means).sort((one, other) => one - other);
  return {
    tenants: sorted.length,
    quantiles: {
      p50: quantile(sorted, 0.5),
      p90: quantile(sorted, 0.9),
      p99: quantile(sorted, 0.99),
      max: quantile(sorted, 1),
    },
    bins: binsOf(sorted),
    gini: giniOf(sorted),
  };
}

/** The value below which a part of the sorted values lies, the nearest that there is (no value is made up). */
function quantile(sorted: readonly number[], part: number): number | null {
  const value = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
  return value === undefined ? null : figure(value);
}

/** The most bins of powers of two; values that are spread wider have powers of ten. */
const mostDoublings = 24;

/** Values of which the highest is at most this many times the least have bins of the same width: of powers there were two. */
const near = 3;

/** How many tenants lie in each bin; the first begins at 0, the last may end above the highest. */
function binsOf(sorted: readonly number[]): Distribution["bins"] {
  const highest = sorted.at(-1);
  if (highest === undefined || highest <= 0)
    return sorted.length > 0 ? [{ from: 0, to: 1, tenants: sorted.length }] : [];
  const least = Math.max(sorted.find((value) => value > 0) ?? highest, highest / 1e12);
  if (highest / least <= near) return evenBins(sorted, least, highest);
  const base = Math.log2(highest / least) > mostDoublings ? 10 : 2;
  const powerOf = (value: number) => Math.floor(Math.log(value) / Math.log(base) + 1e-9);
  const [first, last] = [powerOf(least), powerOf(highest)];
  const bins = Array.from({ length: last - first + 2 }, (_, index) => {
    const to = figure(base ** (first + index));
    return { from: index === 0 ? 0 : figure(base ** (first + index - 1)), to, tenants: 0 };
  });
  for (const value of sorted) {
    const bin = bins[value < least ? 0 : powerOf(value) - first + 1];
    if (bin) bin.tenants++;
  }
  return bins;
}

/** About eight bins of a round width from the least to the highest, behind one of all that is less. */
function evenBins(sorted: readonly number[], least: number, highest: number): Distribution["bins"] {
  const wanted = Math.max(highest - least, highest / 1000) / 8;
  const power = 10 ** Math.floor(Math.log10(wanted));
  const width = ([1, 2, 5].find((factor) => factor * power >= wanted) ?? 10) * power;
  const place = (value: number) => Math.floor(value / width + 1e-6);
  const first = place(least);
  const edge = (index: number) => figure((first + index) * width);
  const bins = Array.from({ length: place(highest) - first + 2 }, (_, index) => {
    return { from: index === 0 ? 0 : edge(index - 1), to: edge(index), tenants: 0 };
  });
  for (const value of sorted) {
    const bin = bins[value < least ? 0 : place(value) - first + 1];
    if (bin) bin.tenants++;
  }
  return bins;
}

/** Gini's coefficient of sorted values: 0 where all are alike, near 1 where one has everything. */
function giniOf(sorted: readonly number[]): number | null {
  const sum = sorted.reduce((total, value) => total + value, 0);
  if (sorted.length === 0 || sum <= 0) return null;
  const weighed = sorted.reduce((total, value, index) => total + (2 * (index + 1) - sorted.length - 1) * value, 0);
  return figure(weighed / (sorted.length * sum));
}

/** A tenant's place in a list of figures, and by how much it moved. */
type Move = { index: number; change: number };

/** The part of what was before that a figure has to change by, for whoever reads "0 %" would wonder. */
const least = 0.005;

/** The tenants that rose and fell most from the period before, in the metric's unit; those unknown in either are left out. */
export function moves({ mean, before }: Figures, top: number): { up: Move[]; down: Move[] } {
  const all = mean.flatMap((now, index): Move[] => {
    const past = before[index];
    if (now === null || past === null || past === undefined) return [];
    if (now === past || Math.abs(now - past) < past * least) return [];
    return [{ index, change: figure(now - past) }];
  });
  all.sort((one, other) => other.change - one.change);
  return {
    up: all.slice(0, top).filter(({ change }) => change > 0),
    down: all
      .slice(-top)
      .reverse()
      .filter(({ change }) => change < 0),
  };
}

/** Movers by name. */
export function moversOf(
  { ids, of }: TenantFigures,
  metric: Metric,
  top: number,
  names: ReadonlyMap<string, TenantName>,
): { up: Mover[]; down: Mover[] } {
  const figures = of.get(metric);
  if (!figures) return { up: [], down: [] };
  const named = ({ index, change }: Move): Mover[] => {
    const tenant = names.get(ids[index] ?? "");
    return tenant ? [{ tenant, before: figures.before[index] ?? null, now: figures.mean[index] ?? null, change }] : [];
  };
  const { up, down } = moves(figures, top);
  return { up: up.flatMap(named), down: down.flatMap(named) };
}

/** The ids of all who moved most by some metrics. */
export function movedIds({ ids, of }: TenantFigures, metrics: readonly Metric[], top: number): string[] {
  return metrics.flatMap((metric) => {
    const figures = of.get(metric);
    const { up, down } = figures ? moves(figures, top) : { up: [], down: [] };
    return [...up, ...down].flatMap(({ index }) => ids[index] ?? []);
  });
}

/** The places of the highest means first (or the lowest), tenants of whom nothing is known left out. */
export function highest(values: readonly (number | null)[], top: number, lowest = false): number[] {
  const places = values.flatMap((value, index) => (value === null ? [] : [index]));
  const sign = lowest ? 1 : -1;
  places.sort((one, other) => sign * ((values[one] ?? 0) - (values[other] ?? 0)) || one - other);
  return places.slice(0, top);
}
