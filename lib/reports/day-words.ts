/**
 * A moment in a report's title: its day in the zone that the report is in, as 2026-11-21, with the time where it is not
 * midnight there.
 */
export function dayWords(at: string, zone = "UTC"): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit" },
    ...{ hour: "2-digit", minute: "2-digit" },
  }).formatToParts(new Date(at));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  const day = `${of("year")}-${of("month")}-${of("day")}`;
  const time = `${of("hour")}:${of("minute")}`;
  return time === "00:00" ? day : `${day} ${time}`;
}
