/** Steps whose length follows the calendar of a time zone. */
export const calendarUnits = ["day", "week", "month"] as const;
export type CalendarUnit = (typeof calendarUnits)[number];

/** Formatters are large (33 kB each, outside the heap): so many are kept, those made last. */
const mostClocks = 100;
const clocks = new Map<string, Intl.DateTimeFormat>();

/** How many zones' formatters are kept. */
export const clocksKept = () => clocks.size;

/** Other spellings that were met; a browser asks for one and the same a thousand times a second. */
const spellings = new Map<string, string>();

/** A zone's one name, however it was written: "europe/VIENNA" is Europe/Vienna. */
function canonical(tz: string): string {
  if (clocks.has(tz)) return tz;
  const known = spellings.get(tz);
  if (known !== undefined) return known;
  const name = new Intl.DateTimeFormat("en-US", { timeZone: tz }).resolvedOptions().timeZone;
  if (spellings.size >= mostClocks) spellings.clear();
  spellings.set(tz, name);
  return name;
}

/** A time as the wall clock of a zone (by its one name) shows it, as if that were UTC: Unix milliseconds, whole seconds. */
function wallClock(at: number, tz: string): number {
  const clock = clocks.get(tz) ?? makeClock(tz);
  const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function makeClock(tz: string): Intl.DateTimeFormat {
  const numeric = { year: "numeric", month: "numeric", day: "numeric" } as const;
  const time = { hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" } as const;
  const clock = new Intl.DateTimeFormat("en-US", { timeZone: tz, calendar: "gregory", ...numeric, ...time });
  const [oldest] = clocks.keys();
  if (clocks.size >= mostClocks && oldest !== undefined) clocks.delete(oldest);
  clocks.set(tz, clock);
  return clock;
}

const day = 86_400_000;

const moments = new Map<string, number>();
const mostMoments = 20_000;

/** The first moment at which a zone's calendar shows a date: asked for again and again, and slow to find. */
function firstMoment(date: number, tz: string): number {
  const key = `${tz} ${date}`;
  const known = moments.get(key);
  if (known !== undefined) return known;
  const found = findMoment(date, tz);
  if (moments.size >= mostMoments) moments.clear();
  moments.set(key, found);
  return found;
}

/** Where midnight is skipped, the day begins after it. */
function findMoment(date: number, tz: string): number {
  // A clock is at most a day off UTC, and moves at most once within these bounds.
  const offsets = [-day, day].map((aside) => wallClock(date + aside, tz) - (date + aside));
  const found = offsets.map((offset) => date - offset).filter((at) => wallClock(at, tz) === date);
  if (found.length > 0) return Math.min(...found);
  return skippedMidnight(date, tz);
}

function skippedMidnight(date: number, tz: string): number {
  let [before, after] = [date - day, date + day];
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (wallClock(middle, tz) < date) before = middle;
    else after = middle;
  }
  return after;
}

/** The calendar date on which the day, week (Monday) or month of a date begins, `further` units on. */
function beginOf(unit: CalendarUnit, wall: number, further: number): number {
  const at = new Date(wall);
  const [year, month, date] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (unit === "month") return Date.UTC(year, month + further, 1);
  if (unit === "day") return Date.UTC(year, month, date + further);
  return Date.UTC(year, month, date - ((at.getUTCDay() + 6) % 7) + 7 * further);
}

/** A time as a zone's wall clock shows it, as if that were UTC: Unix milliseconds, whole seconds. */
export function wallOf(at: number, tz: string): number {
  return wallClock(at, canonical(tz));
}

/**
 * The moment at which a zone's wall clock shows a time, given as if that were UTC: the first of two, where clocks are
 * put back; the first moment after it, where they skip it.
 */
export function momentOf(wall: number, tz: string): number {
  return firstMoment(wall, canonical(tz));
}

/**
 * The begins of a zone's days, weeks or months from the one that holds `from` to the first at or after `to`, both
 * included; at most `most` steps. A day is 23 or 25 hours long where clocks change, and one that a zone left out, when
 * it went to the other side of the date line, is no step.
 */
export function calendarBegins(unit: CalendarUnit, from: number, to: number, tz: string, most: number): number[] {
  const zone = canonical(tz);
  const wall = wallClock(from, zone);
  const begins: number[] = [];
  for (let further = 0; begins.length <= most; further++) {
    const at = firstMoment(beginOf(unit, wall, further), zone);
    if (at !== begins.at(-1)) begins.push(at);
    if (at >= to) break;
  }
  return begins;
}
