import type { Points } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import { added, type Bucket, type Figures, type Length, lengths, meanOf, type Truth } from "./testing-truth";

/** A time, Unix milliseconds: from its begin to before its end. */
export type Time = { from: number; to: number };

const within = (buckets: readonly Bucket[], { from, to }: Time) => buckets.filter(({ at }) => at >= from && at < to);

/** What is known of a tenant's metric in a time. */
export function over(buckets: readonly Bucket[], tenant: string, metric: Metric, time: Time): Figures | undefined {
  let all: Figures | undefined;
  for (const bucket of within(buckets, time)) {
    const found = bucket.tenant === tenant ? bucket.of[metric] : undefined;
    if (found) all = added(all, found);
  }
  return all;
}

/** The period before a time, as long, in whole buckets. */
export function before({ from, to }: Time, length: number): Time {
  return { from: Math.floor((from - (to - from)) / length) * length, to: from };
}

/**
 * The buckets by which a time is told of each tenant: days and hours that lie within it and were closed a minute before
 * `now`, and elsewhere those of the level.
 */
export function covering(truth: Truth, level: Length, { from, to }: Time, now: number): Bucket[] {
  const used = (["day", "hour", "minute"] as const).filter((length) => lengths[length] >= lengths[level]);
  const lies = (length: Length, at: number) => {
    const begin = at - (at % lengths[length]);
    const end = begin + lengths[length];
    return begin >= from && end <= to && end <= now - 60_000;
  };
  return used.flatMap((length, index) =>
    within(truth[length], { from, to }).filter(
      ({ at }) => (length === level || lies(length, at)) && !used.slice(0, index).some((coarse) => lies(coarse, at)),
    ),
  );
}

/** The begin and end of each step of an answer. */
export function stepsOf(points: Points, to: number): Time[] {
  return points.map(([from], step) => ({ from, to: points[step + 1]?.[0] ?? to }));
}

/** Of each bucket in a time the sum over tenants of their means, and of those the mean. */
export function fleetSum(buckets: readonly Bucket[], metric: Metric, time: Time): number | null {
  const sums = new Map<number, number>();
  for (const { at, of } of within(buckets, time)) {
    const mean = meanOf(of[metric]);
    if (mean !== null) sums.set(at, (sums.get(at) ?? 0) + mean);
  }
  return sums.size > 0 ? [...sums.values()].reduce((sum, one) => sum + one, 0) / sums.size : null;
}

/** The mean over tenants and buckets, each weighed by how many `by` there were in it; unweighed where that is null. */
export function fleetMean(buckets: readonly Bucket[], metric: Metric, by: Metric | null, time: Time): number | null {
  let [top, under] = [0, 0];
  for (const { of } of within(buckets, time)) {
    const mean = meanOf(of[metric]);
    const weight = by === null ? 1 : of[by]?.sum;
    if (mean === null || weight === undefined) continue;
    top += mean * weight;
    under += weight;
  }
  return under > 0 ? top / under : null;
}

/** What each tenant is last known to have in a time, added up. */
export function storageEnd(buckets: readonly Bucket[], time: Time): number | null {
  const known = within(buckets, time).filter(({ of }) => of.storage);
  known.sort((one, other) => one.at - other.at);
  const last = new Map(known.map(({ tenant, of }) => [tenant, of.storage?.last ?? 0]));
  return last.size > 0 ? [...last.values()].reduce((sum, one) => sum + one, 0) : null;
}

/** How fast a tenant's storage grew from the first bucket in which it is known to the last, MiB a day. */
export function growthOf(buckets: readonly Bucket[], tenant: string, time: Time) {
  const known = within(buckets, time).filter((one) => one.tenant === tenant && one.of.storage);
  known.sort((one, other) => one.at - other.at);
  const [first, last] = [known[0], known.at(-1)];
  const [from, to] = [first?.of.storage?.last, last?.of.storage?.last];
  if (!first || !last || from === undefined || to === undefined || last.at === first.at) return null;
  return { from, to, span: last.at - first.at, perDay: ((to - from) / (last.at - first.at)) * 86_400_000 };
}

/** The nearest value below which a part of them lies. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted.find((_, index) => (index + 1) / sorted.length >= part) ?? null;
}

/** Gini's coefficient as it is defined: half the mean difference of all pairs, by the mean. */
export function gini(values: readonly number[]): number | null {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  if (!(mean > 0)) return null;
  const differences = values.flatMap((one) => values.map((other) => Math.abs(one - other)));
  return differences.reduce((sum, one) => sum + one, 0) / (2 * values.length ** 2 * mean);
}
