import { momentOf, wallOf } from "@/lib/kernel/zones";
import type { Every } from "./contract-schedules";

/** When a schedule is due: see the same properties of its view. */
export type Times = { every: Every; at: string; day: number | null; tz: string };

/**
 * The first time after `after` at which a schedule is due. A time of day that clocks skip is the next moment there is,
 * one that comes twice counts once, and a shorter month's last day stands for those that it has not.
 */
export function nextDue(times: Times, after: Date): Date {
  for (let further = -1; ; further++) {
    const at = dueAround(times, after, further);
    if (at > after.getTime()) return new Date(at);
  }
}

/** The last time up to `until` at which a schedule was due. */
export function lastDue(times: Times, until: Date): Date {
  for (let further = 1; ; further--) {
    const at = dueAround(times, until, further);
    if (at <= until.getTime()) return new Date(at);
  }
}

/** How often a schedule is due from one time to another, both included. */
export function dueCount(times: Times, from: Date, to: Date): number {
  let count = 0;
  for (let at = from; at <= to; at = nextDue(times, at)) count += 1;
  return count;
}

/** When it is due in the day, week or month that lies so many of them after that of a time: Unix milliseconds. */
function dueAround({ every, at, day, tz }: Times, time: Date, further: number): number {
  const here = new Date(wallOf(time.getTime(), tz));
  const [year, month, date] = [here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate()];
  const [hour, minute] = at.split(":").map(Number);
  const on = (y: number, m: number, d: number) => momentOf(Date.UTC(y, m, d, hour, minute), tz);
  if (every === "daily") return on(year, month, date + further);
  if (every === "weekly") {
    const monday = date - ((here.getUTCDay() + 6) % 7);
    return on(year, month, monday + 7 * further + (day ?? 1) - 1);
  }
  const last = new Date(Date.UTC(year, month + further + 1, 0)).getUTCDate();
  return on(year, month + further, Math.min(day ?? 1, last));
}
