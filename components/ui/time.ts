import { viewerZone } from "@/client/zone";

type Style = "clock" | "day" | "exact";

const day = { day: "numeric", month: "short", year: "numeric" } as const;
const clock = { hour: "2-digit", minute: "2-digit", second: "2-digit" } as const;
const styles: Record<Style, Intl.DateTimeFormatOptions> = {
  clock,
  day,
  exact: { ...day, ...clock, timeZoneName: "short" },
};
const formats = new Map<string, Intl.DateTimeFormat>();

function format(style: Style, zone: string, time: number | string): string {
  const key = `${style} ${zone}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", { ...styles[style], timeZone: zone });
  formats.set(key, known);
  return known.format(new Date(time));
}

/** The time of day in the viewer's zone. */
export function exactTime(time: number | string, zone = viewerZone()): string {
  return format("clock", zone, time);
}

/** Date and time in the viewer's zone, with the zone's name. */
export function exactDateTime(time: number | string, zone = viewerZone()): string {
  return format("exact", zone, time);
}

/** The date in the viewer's zone. */
export function calendarDay(time: number | string, zone = viewerZone()): string {
  return format("day", zone, time);
}

/** How long ago something was; a date when that says more. */
export function relativeTime(time: string, now: number, zone = viewerZone()): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 30 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`;
  return calendarDay(time, zone);
}
