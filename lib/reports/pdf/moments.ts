const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = zone + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  formats.set(key, made);
  return made.format(at);
}

const day = { day: "numeric", month: "short", year: "numeric" } as const;
const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** A moment in a zone: "5 Jun 2026, 14:30". */
export function moment(at: number | string, zone: string): string {
  return format(typeof at === "string" ? Date.parse(at) : at, zone, { ...day, ...clock });
}

/** A day in a zone: "5 Jun 2026". */
export function dayOf(at: number | string, zone: string): string {
  return format(typeof at === "string" ? Date.parse(at) : at, zone, day);
}

/** A period with its zone, so that nobody has to guess. */
export function between(from: number | string, to: number | string, zone: string): string {
  return `${moment(from, zone)} to ${moment(to, zone)} (${zone})`;
}

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(at: number, zone: string): number {
  const parts = partsAt(at, zone);
  const [year = 0, month = 1, date = 1, hour = 0, minute = 0, second = 0] = parts;
  return Date.UTC(year, month - 1, date, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Year, month, day, hour, minute and second that a zone's calendar and clock show. */
export function partsAt(at: number, zone: string): number[] {
  const text = format(at, zone, {
    ...{ year: "numeric", month: "2-digit", day: "2-digit", second: "2-digit" },
    ...clock,
  });
  const [, date, month, year, ...time] = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)/.exec(text) ?? [];
  return [year, month, date, ...time].map(Number);
}

/** A tick's words on a time axis that is so long: the day, and within few days the clock. */
export function tickWords(at: number, zone: string, lengthMs: number): string {
  const [, , , hour, minute] = partsAt(at, zone);
  if (lengthMs > 300 * 86_400_000) return format(at, zone, { month: "short", year: "numeric" });
  if (lengthMs <= 3 * 86_400_000 && (hour !== 0 || minute !== 0)) return format(at, zone, clock);
  return format(at, zone, { day: "numeric", month: "short" });
}
