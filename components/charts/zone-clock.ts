import { wallOf } from "@/lib/kernel/zones";

/** Calendar parts of a moment in a time zone. */
export type Parts = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/** What calendar and clock show in a zone at a moment. */
export function partsAt(time: number, zone: string): Parts {
  const wall = new Date(wallOf(time, zone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  };
}

/** How far a zone's clock is ahead of UTC at a moment, in milliseconds. */
export function offsetAt(time: number, zone: string): number {
  return wallOf(time, zone) - Math.floor(time / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(time: number, zone: string, options: Intl.DateTimeFormatOptions): string {
  const key = zone + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options });
  formats.set(key, made);
  return made.format(time);
}

/** Date and time in a zone, no finer than the step of the series. */
export function timeInZone(time: number, zone: string, stepMs: number): string {
  if (stepMs >= 20 * 3_600_000) {
    return format(time, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
  }
  const seconds = stepMs < 60_000 ? ({ second: "2-digit" } as const) : {};
  return format(time, zone, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    ...seconds,
  });
}

/** A period with its years and the zone's name, for whoever sees it later. */
export function periodInZone({ from, to }: { from: number; to: number }, zone: string): string {
  const options = { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return `${format(from, zone, options)} – ${format(to, zone, options)} (${zone})`;
}

/** A tick's label: what changes from tick to tick, and the date where a new day begins. */
export function tickLabel(time: number, zone: string, stepMs: number): string {
  if (stepMs >= 27 * 86_400_000) {
    const { month } = partsAt(time, zone);
    return format(time, zone, month === 1 ? { year: "numeric" } : { month: "short" });
  }
  const { hour, minute, second } = partsAt(time, zone);
  const midnight = hour === 0 && minute === 0 && second === 0;
  if (stepMs >= 86_400_000 || midnight) return format(time, zone, { day: "numeric", month: "short" });
  const seconds = stepMs < 60_000 ? ({ second: "2-digit" } as const) : {};
  return format(time, zone, { hour: "2-digit", minute: "2-digit", ...seconds });
}
