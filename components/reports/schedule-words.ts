import { exactTimeIn } from "@/components/analytics/zoned-time";
import type { ScheduleView } from "@/lib/reports/contract-schedules";

/** The days of a week, as schedules number them. */
export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** When a schedule is due, in words, by its own zone's clock. */
export function dueWords({ every, day, at, tz }: Pick<ScheduleView, "every" | "day" | "at" | "tz">): string {
  return `${dayWords(every, day)} at ${at}, ${tz}`;
}

function dayWords(every: ScheduleView["every"], day: number | null): string {
  if (every === "daily") return "Every day";
  if (every === "weekly") return `Every ${weekdays[(day ?? 1) - 1] ?? "week"}`;
  const last = day !== null && day > 28 ? ", or the month's last day," : "";
  return `Every month on the ${ordinal(day ?? 1)}${last}`;
}

function ordinal(day: number): string {
  const ending = day > 10 && day < 14 ? "th" : ({ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th");
  return `${day}${ending}`;
}

/** When a schedule is due next: by its own zone, and by the viewer's where that is another. */
export function nextWords({ nextAt, tz }: Pick<ScheduleView, "nextAt" | "tz">, viewer: string) {
  if (nextAt === null) return null;
  return { own: exactTimeIn(tz, nextAt), viewer: tz === viewer ? null : exactTimeIn(viewer, nextAt) };
}

/** What a schedule's report tells of, in words. */
export function coversWords({ covers, every }: Pick<ScheduleView, "covers" | "every">): string {
  if (covers === "input") return "a period that ends when it is made";
  return { daily: "the day before", weekly: "the week before", monthly: "the month before" }[every];
}
