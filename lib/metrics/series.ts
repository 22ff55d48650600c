import type { Points } from "@/lib/history/shapes";
import { type Metric, tickSeconds } from "@/lib/kernel/metrics";
import { type Range, ranges } from "./contract";

/** The most points of a series. */
const mostPoints = 300;

/** The times of a chart: buckets of `step` milliseconds from `from` to `to`, all aligned to the step. */
export type Window = { from: number; to: number; step: number };

/** From this range on a step is whole minutes, so that what is rolled up can answer. */
const longSeconds = ranges["6h"];

/** The window of a range that ends now; its step is a multiple of the tick. */
export function windowOf(range: Range, now: Date): Window {
  const seconds = ranges[range];
  const unit = seconds < longSeconds ? tickSeconds : 60;
  const step = Math.ceil(seconds / mostPoints / unit) * unit * 1000;
  const to = Math.floor(now.getTime() / step) * step;
  return { from: to - seconds * 1000, to, step };
}

/** What was found in one bucket. */
export type Bucket = {
  /** The bucket's start, Unix milliseconds. */
  at: number;
  /** The value that stands for the bucket. */
  value: number | null;
  /** The value that goes on after it, and since when. */
  last: number | null;
  lastAt: number;
};

/** A tenant's series, and by which source each was measured last. */
export type TenantBuckets = Map<Metric, { buckets: Bucket[]; source: string }>;

/** Metrics that show the state at a moment; of the others a bucket shows the mean over time. */
export const stateMetrics: ReadonlySet<Metric> = new Set<Metric>([
  "memory",
  "buffers",
  "storage",
  "connections",
  "pooled",
]);

/** One value a bucket: what was found there, else the value before while it stands, else a gap. */
export function fill(buckets: Bucket[], window: Window, hold: number): Points {
  const found = new Map(buckets.map((bucket) => [bucket.at, bucket]));
  let before = buckets.filter((bucket) => bucket.at < window.from).at(-1);
  const points: Points = [];
  for (let at = window.from; at <= window.to; at += window.step) {
    const bucket = found.get(at);
    const stands = before && at < before.lastAt + hold ? before.last : null;
    points.push([at, bucket ? bucket.value : stands]);
    before = bucket ?? before;
  }
  return points;
}

/** Adds series point by point: null only where none of them has a value. */
export function sumPoints(series: Points[], window: Window): Points {
  const sums = fill([], window, 0);
  for (const points of series) {
    points.forEach(([, value], index) => {
      const sum = sums[index];
      if (sum && value !== null) sum[1] = (sum[1] ?? 0) + value;
    });
  }
  return sums;
}
