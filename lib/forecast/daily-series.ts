import { usageTable } from "@/lib/history/columns";
import { columnOf } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";
import type { forecastMetrics } from "./contract";
import type { Daily } from "./outlook-rules";
import { dayMs } from "./usual";

export type ForecastMetric = (typeof forecastMetrics)[number];

/** Days of history that a forecast looks at. */
export const historyDays = 180;

/** Of storage the day's last value, of connections its highest. */
export function dailyValue(metric: ForecastMetric): Prisma.Sql {
  return Prisma.raw(`${columnOf(metric)}_${metric === "storage" ? "last" : "max"}::float8`);
}

/** Before when a day counts: of storage today does too, of connections its highest value may still come. */
export function lastDay(metric: ForecastMetric, now: Date): Date {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  return new Date(metric === "storage" ? today + dayMs : today);
}

/** A series with the time of its first day. */
export type Dated = Daily & { first: number };

type Row = { id: string; at: number; value: number };

/** A value a day of tenants or servers, from the first known to the last known; those without any are left out. */
export async function dailySeries(
  db: Db,
  of: "tenant" | "server",
  ids: readonly string[],
  metric: ForecastMetric,
  now: Date,
): Promise<Map<string, Dated>> {
  const id = Prisma.raw(`${of}_id`);
  const rows = await db.$queryRaw<Row[]>`
    SELECT ${id} AS id, extract(epoch FROM at)::float8 * 1000 AS at, ${dailyValue(metric)} AS value
      FROM ${usageTable(of, "day")}
     WHERE ${id} = ANY(${[...ids]}::uuid[]) AND at >= ${new Date(now.getTime() - historyDays * dayMs)}
       AND at < ${lastDay(metric, now)} AND ${dailyValue(metric)} IS NOT NULL
     ORDER BY 1, 2`;
  const byId = new Map<string, Row[]>();
  for (const row of rows) {
    const own = byId.get(row.id);
    if (own) own.push(row);
    else byId.set(row.id, [row]);
  }
  const newest = lastDay(metric, now).getTime() - dayMs;
  return new Map([...byId].map(([key, own]) => [key, dated(own, newest)]));
}

function dated(rows: Row[], newest: number): Dated {
  const first = rows[0]?.at ?? 0;
  const last = rows.at(-1)?.at ?? 0;
  const values = Array.from({ length: Math.round((last - first) / dayMs) + 1 }, (): number | null => null);
  for (const { at, value } of rows) values[Math.round((at - first) / dayMs)] = value;
  return { first, values, daysOld: Math.round((newest - last) / dayMs) };
}
