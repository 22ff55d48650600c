import { env } from "@/lib/platform/env";
import type { Db } from "@/lib/platform/prisma";
import { type Level, levels } from "./shapes";
import { dayMs } from "./watermarks";

/** A table whose rows are kept in partitions of a span each. */
export type Kept = { level: Level; table: string; key: "recorded_at" | "at"; span: "day" | "month" | "year" };

/** Every table of usage, from fine to coarse. */
export const keptTables: readonly Kept[] = [
  { level: "raw", table: "tenant_usage_logs", key: "recorded_at", span: "day" },
  { level: "raw", table: "server_ticks", key: "at", span: "day" },
  ...(["tenant_usage", "server_usage"] as const).flatMap((table): Kept[] => [
    { level: "minute", table: `${table}_minutes`, key: "at", span: "day" },
    { level: "hour", table: `${table}_hours`, key: "at", span: "month" },
    { level: "day", table: `${table}_days`, key: "at", span: "year" },
  ]),
];

/** Days for which a level is kept; 0: for good. Never less than the finer level, of which it is made. */
export function daysKept(level: Level): number {
  const { USAGE_RETENTION_DAYS, USAGE_MINUTES_DAYS, USAGE_HOURS_DAYS, USAGE_DAYS_DAYS } = env();
  const days = [USAGE_RETENTION_DAYS, USAGE_MINUTES_DAYS, USAGE_HOURS_DAYS, USAGE_DAYS_DAYS];
  const kept = days.slice(0, levels.indexOf(level) + 1);
  return kept.includes(0) ? 0 : Math.max(...kept);
}

/** The spans (UTC) that hold the time from `from` up to and including `to`, each with its begin and end. */
export function spansOf(span: Kept["span"], from: Date, to: Date): { first: Date; after: Date }[] {
  const spans = [];
  for (let first = beginOf(span, from); first <= to; ) {
    const after = endOf(span, first);
    spans.push({ first, after });
    first = after;
  }
  return spans;
}

function beginOf(span: Kept["span"], at: Date): Date {
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (span === "day") return new Date(Math.floor(at.getTime() / dayMs) * dayMs);
  return new Date(Date.UTC(year, span === "month" ? month : 0));
}

/** When the span that begins at `first` ends. */
export function endOf(span: Kept["span"], first: Date): Date {
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  if (span === "day") return new Date(first.getTime() + dayMs);
  return new Date(span === "month" ? Date.UTC(year, month + 1) : Date.UTC(year + 1, 0));
}

/** Makes the partitions of tables that hold a time, where they are missing. */
export async function ensureSpans(db: Db, tables: readonly Kept[], from: Date, to: Date): Promise<void> {
  for (const { table, span } of tables) {
    const days = spansOf(span, from, to).map(({ first, after }) => [day(first), day(after)]);
    await db.$executeRaw`
      SELECT ensure_span_partition(${table}::regclass, first::date, after::date)
        FROM unnest(${days.map(([first]) => first)}::text[], ${days.map(([, after]) => after)}::text[])
             AS span (first, after)`;
  }
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
