const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const exact = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});

/** The time of day in the viewer's zone. */
export function exactTime(time: number | string): string {
  return clock.format(new Date(time));
}

/** Date and time in the viewer's zone, with the zone's name. */
export function exactDateTime(time: number | string): string {
  return exact.format(new Date(time));
}

/** The date in the viewer's zone. */
export function calendarDay(time: number | string): string {
  return day.format(new Date(time));
}

/** How long ago something was; a date when that says more. */
export function relativeTime(time: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 30 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`;
  return calendarDay(time);
}
