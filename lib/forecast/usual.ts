import type { Metric } from "@/lib/kernel/metrics";
import { median, spreadAround } from "./statistics";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** Hours of a week. */
const week = 168;

/** Days of hourly means that a baseline is made from. */
export const baselineDays = 28;

/** Days that have to be known before anything is called unusual. */
export const leastDays = 14;

/** Hours that have to be known within that: half of them. */
export const leastHours = (leastDays * 24) / 2;

/** Values of one hour that are enough to say what is usual then. */
const enough = 3;

/** How many usual spreads away something unusual begins, and down to how many it goes on. */
export const opens = 7;
export const goesOn = 3;

/**
 * What is watched, and how little is never worth a word: a spread counts as at least `floor` in the metric's unit, and
 * as at least the part `share` of the median, so that idle and very regular tenants stay quiet. Storage is not here: it
 * grows, which is what the forecast is about.
 */
export const watched = {
  cpu: { floor: 1, share: 0.1, directions: ["high", "low"] },
  memory: { floor: 4, share: 0.1, directions: ["high", "low"] },
  requests: { floor: 0.5, share: 0.1, directions: ["high", "low"] },
  transactions: { floor: 1, share: 0.1, directions: ["high", "low"] },
  connections: { floor: 1, share: 0.1, directions: ["high", "low"] },
  latency: { floor: 5, share: 0.1, directions: ["high"] },
  errors: { floor: 0.05, share: 0.1, directions: ["high"] },
} as const satisfies Partial<Record<Metric, { floor: number; share: number; directions: readonly ("high" | "low")[] }>>;
export type Watched = keyof typeof watched;
export const watchedNames = Object.keys(watched) as Watched[];

/** Which hour of the week a time lies in: 0 is Monday 00:00 UTC. */
export function hourOfWeek(at: number): number {
  // 1 January 1970 was a Thursday.
  return (((Math.floor(at / hourMs) + 3 * 24) % week) + week) % week;
}

/** What is usual for each hour of the week; null where too little is known. Both lists are empty when nothing is. */
export type Usual = { hours: number; median: (number | null)[]; spread: (number | null)[] };

export type HourValue = { at: number; value: number };

/**
 * What is usual, from hourly means. An hour of the week with at least three values has their median; else the median of
 * its hour of the day; else nothing. Its spread is that of its own values, but no less than how all values of that hour of
 * the day lie around their medians: four values alone would too often agree by chance.
 */
export function usualOf(values: readonly HourValue[], until: number): Usual {
  const known = { hours: values.length, median: [], spread: [] };
  const oldest = values.reduce((least, { at }) => Math.min(least, at), until);
  if (until - oldest < leastDays * dayMs || values.length < leastHours) return known;
  const ofDay = group(values, 24, (at) => hourOfWeek(at) % 24);
  const ofWeek = group(values, week, hourOfWeek);
  const medians = ofWeek.map((own, hour) => middleOf(own) ?? middleOf(ofDay[hour % 24] ?? []));
  const around = ofDay.map((): number[] => []);
  ofWeek.forEach((own, hour) => {
    around[hour % 24]?.push(...surprises(own));
  });
  const spread = medians.map((centre, hour) => {
    const daily = around[hour % 24] ?? [];
    const all = daily.length >= enough ? daily : (ofDay[hour % 24] ?? []).map((value) => value - (centre ?? 0));
    if (centre === null) return null;
    const own = ofWeek[hour] ?? [];
    return Math.max(spreadAround(all, 0), own.length >= enough ? spreadAround(own, centre) : 0);
  });
  return { hours: values.length, median: medians, spread };
}

/** How far each value is from the median of the others: what one would have been wrong by had it come next. */
function surprises(own: number[]): number[] {
  if (own.length < enough) return [];
  return own.map((value, at) => value - median(own.filter((_, other) => other !== at)));
}

function middleOf(values: number[]): number | null {
  return values.length >= enough ? median(values) : null;
}

function group(values: readonly HourValue[], size: number, keyOf: (at: number) => number): number[][] {
  const groups = Array.from({ length: size }, (): number[] => []);
  for (const { at, value } of values) groups[keyOf(at)]?.push(value);
  return groups;
}

/** The spread that counts: never less than the metric's floors. */
export function spreadThatCounts(metric: Watched, centre: number, spread: number): number {
  const { floor, share } = watched[metric];
  return Math.max(spread, floor, share * Math.abs(centre));
}
