import { momentOf } from "@/lib/kernel/zones";
import { offsetAt, partsAt } from "./zone-clock";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const steps = [
  ...[1, 5, 10, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14].map((count) => count * day),
];

/** Months of the longest steps, told from days by being counted in months. */
const monthSteps = [1, 2, 3, 6, 12, 24];

/** Ticks of a time axis and about how far they are apart, in milliseconds. */
export type Ticks = { at: number[]; step: number };

/** At most `most` round times within a view, by the clock and calendar of a time zone. */
export function timeTicks(from: number, to: number, zone: string, most: number): Ticks {
  const wanted = (to - from) / Math.max(1, most);
  const step = steps.find((candidate) => candidate >= wanted);
  if (step !== undefined) return { at: byClock(from, to, zone, step), step };
  const months = monthSteps.find((count) => count * 30 * day >= wanted) ?? 60;
  return { at: byMonth(from, to, zone, months), step: months * 30 * day };
}

// Counted in the zone's own clock, so that days begin at its midnight, also where the clock is changed.
function byClock(from: number, to: number, zone: string, step: number): number[] {
  const at: number[] = [];
  const local = from + offsetAt(from, zone);
  for (let next = Math.ceil(local / step) * step; next <= local + (to - from) + hour; next += step) {
    const moment = step < hour ? next - offsetAt(from, zone) : momentOf(next, zone);
    if (moment >= from && moment <= to && moment > (at.at(-1) ?? Number.NEGATIVE_INFINITY)) at.push(moment);
  }
  return at;
}

function byMonth(from: number, to: number, zone: string, months: number): number[] {
  const begin = partsAt(from, zone);
  const first = Math.floor((begin.year * 12 + begin.month - 1) / months) * months;
  const at: number[] = [];
  for (let next = first; ; next += months) {
    const moment = momentOf(Date.UTC(Math.floor(next / 12), next % 12, 1), zone);
    if (moment > to) return at;
    if (moment >= from) at.push(moment);
  }
}
