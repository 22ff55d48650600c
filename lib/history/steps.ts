import { type CalendarUnit, calendarBegins } from "@/lib/kernel/zones";
import type { Level } from "./shapes";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length that a step of a series may have: of a fixed length from UTC's full hours on, or of a zone's calendar. */
export type Step = { ms: number; unit?: CalendarUnit };

/** Every step there is, the finest first; of months, `ms` is about. */
export const steps: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30].map((minutes) => ({ ms: minutes * minute })),
  ...[1, 2, 3, 6, 12].map((hours) => ({ ms: hours * hour })),
  { ms: day, unit: "day" },
  { ms: 7 * day, unit: "week" },
  { ms: 30.44 * day, unit: "month" },
];

/** Milliseconds of a level's buckets. */
export const bucketMs = { minute, hour, day } as const satisfies Partial<Record<Level, number>>;

/** A level that is rolled up. */
export type Rolled = keyof typeof bucketMs;

/** The most steps that an answer has. */
export const mostSteps = 2000;

/** The begins of all steps of a period, and the end of the last one. */
export function beginsOf(step: Step, from: number, to: number, tz: string): number[] {
  if (step.unit) return calendarBegins(step.unit, from, to, tz, mostSteps);
  const begins: number[] = [];
  for (let at = Math.floor(from / step.ms) * step.ms; begins.length <= mostSteps; at += step.ms) {
    begins.push(at);
    if (at >= to) break;
  }
  return begins;
}

/** The coarsest level of whose buckets all steps that begin at these times can be put together exactly. */
export function levelFor(step: Step, begins: readonly number[]): Rolled {
  const whole = (ms: number) => begins.every((at) => at % ms === 0);
  if (step.ms >= day && whole(day)) return "day";
  return step.ms >= hour && whole(hour) ? "hour" : "minute";
}
