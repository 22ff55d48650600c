import type { neighboursContract } from "@/lib/forecast/contract";
import type { Points } from "@/lib/history/shapes";
import type { OutputOf } from "@/lib/kernel/contract";
import { metrics } from "@/lib/kernel/metrics";

export type Neighbours = OutputOf<typeof neighboursContract>;
export type Pair = Neighbours["pairs"][number];
export type LoadMetric = (typeof loadMetrics)[number];
export type FeltMetric = (typeof feltMetrics)[number];

export const loadMetrics = ["cpu", "transactions", "buffers", "connections"] as const;
export const feltMetrics = ["latency", "cacheHit", "waitTime"] as const;

/** A pair's key in the address. */
export function pairKey({ noisy, suffers }: Pair): string {
  return `${noisy.id}~${suffers.id}`;
}

/** How likely as strong a pair is by chance, in words. */
export function chanceWords(chance: number): string {
  if (chance < 0.0001) return "less than 1 in 10,000 by chance";
  if (chance < 0.05) return `about 1 in ${new Intl.NumberFormat("en").format(Math.round(1 / chance))} by chance`;
  return `${Math.round(chance * 100)} % by chance`;
}

/** How strong a rank correlation is, in words. */
export function strengthWords(correlation: number): string {
  const size = Math.abs(correlation);
  return size >= 0.8 ? "very strong" : size >= 0.6 ? "strong" : size >= 0.4 ? "clear" : "weak";
}

/** By how much the one follows the other: "about 10 min later". */
export function lagWords(lagSteps: number, stepSeconds: number): string {
  if (lagSteps === 0) return "at the same time";
  const seconds = lagSteps * stepSeconds;
  if (seconds < 60) return `${seconds} s later`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min later` : `${Math.round(seconds / 3600)} h later`;
}

/** A metric's label within a sentence. */
export function inSentence(metric: LoadMetric | FeltMetric): string {
  const { label } = metrics[metric];
  return label === label.toUpperCase() ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** Each value as percent of the highest, so that two metrics share a chart; null stays unknown. */
export function ofOwnPeak(points: Points): Points {
  const highest = highestOf(points);
  return points.map(([at, value]) => [at, value === null || !highest ? value : (value / highest) * 100]);
}

/** The highest known value; null where nothing is known. */
export function highestOf(points: Points): number | null {
  return points.reduce<number | null>(
    (most, [, value]) => (value === null ? most : Math.max(most ?? value, value)),
    null,
  );
}
