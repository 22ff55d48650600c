import { offsetAt } from "@/components/charts/zone-clock";
import { momentOf } from "@/lib/kernel/zones";

/** What clocks in a zone show, as a browser's date field writes it; empty for what is no time. */
export function zonedText(time: string | number, zone: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() + offsetAt(date.getTime(), zone)).toISOString().slice(0, 16);
}

/** The moment at which clocks in a zone show what a browser's date field says; null for what is no time. */
export function zonedTime(text: string, zone: string): string | null {
  const shown = Date.parse(`${text}Z`);
  if (Number.isNaN(shown)) return null;
  return new Date(momentOf(shown, zone)).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${kind}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formats.set(key, known);
  return known;
}

const minute = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

/** Day and time of day in a zone. */
export function timeIn(zone: string, time: number | string): string {
  return format(zone, "time", minute).format(new Date(time));
}

/** Day, year, time of day and the zone's name. */
export function exactTimeIn(zone: string, time: number | string): string {
  return format(zone, "exact", { ...minute, year: "numeric", timeZoneName: "short" }).format(new Date(time));
}

/** A step's begin: its day where a step is at least a day long, else its time of day too. */
export function stepIn(zone: string, time: number | string, stepSeconds: number): string {
  if (stepSeconds < 86_000) return timeIn(zone, time);
  return format(zone, "day", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(
    new Date(time),
  );
}

/** The time of day in a zone. */
export function clockIn(zone: string, time: number | string): string {
  return format(zone, "clock", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(time));
}

/** The date in a zone. */
export function dayIn(zone: string, time: number | string): string {
  return format(zone, "date", { day: "numeric", month: "short", year: "numeric" }).format(new Date(time));
}
