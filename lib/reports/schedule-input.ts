import { calendarBegins } from "@/lib/kernel/zones";
import type { Covers, Every } from "./contract-schedules";
import type { AnyKind } from "./kind";
import { hasPeriod } from "./list-kinds";

type Scheduled = { every: Every; tz: string; covers: Covers; input: Record<string, unknown> };

const units = { daily: "day", weekly: "week", monthly: "month" } as const;

/** The input of the report that is made for a time: its own, with the period that the schedule gives it. */
export function inputAt(kind: AnyKind, { every, tz, covers, input }: Scheduled, dueAt: Date): Record<string, unknown> {
  if (!hasPeriod(kind)) return input;
  if (covers === "input") return { ...input, to: dueAt.toISOString() };
  const now = dueAt.getTime();
  // Of the begins from the one that holds a moment on, the first is that moment's own.
  const beginOf = (at: number) => calendarBegins(units[every], at, at, tz, 1)[0] ?? at;
  const to = beginOf(now);
  const from = beginOf(to - 1);
  const zone = "tz" in kind.input.shape && { tz };
  return { ...input, from: new Date(from).toISOString(), to: new Date(to).toISOString(), ...zone };
}
