import type { Db } from "@/lib/platform/prisma";
import { figuresOf, store } from "./store-buckets";
import { type Subject, subjects } from "./subjects";

/** A time to roll up, from `from` to before `to`, both whole steps; `ids`: only these tenants and servers. */
export type Stretch = { from: Date; to: Date; ids?: string[] };

const minuteMs = 60_000;

/** Makes the minutes of a stretch from the raw samples, whatever was there before. */
export async function rollMinutes(db: Db, { from, to, ids }: Stretch): Promise<void> {
  for (const statement of statements) {
    await db.$executeRawUnsafe(statement, from.toISOString(), to.toISOString(), ids ?? null);
  }
}

const statements = subjects.map((subject) => store(subject, "minutes", minutesOf(subject)));

/** SQL: a row a subject and minute, with the sources as JSON. */
function minutesOf({ columns, names, values, hold }: Subject): string {
  return `
    WITH value AS (${values}
    ), standing AS (
      SELECT subject, metric, value, source, at, next_at, least(ends, at + ${hold}) AS ends FROM value
    ), part AS (
      SELECT subject, metric, minute, value, source, next_at,
             least(ends, (minute + 1) * ${minuteMs}) - greatest(at, minute * ${minuteMs}) AS ms
        FROM standing, generate_series(
               greatest(at, date_part('epoch', $1::timestamptz)::bigint * 1000) / ${minuteMs},
               (least(ends, date_part('epoch', $2::timestamptz)::bigint * 1000) - 1) / ${minuteMs}) AS minute
       WHERE ends > at
    ), metric AS (
      SELECT subject, minute, metric, sum(value * ms) AS sum, sum(ms)::integer AS ms,
             min(value)::real AS min, max(value)::real AS max,
             (max(value) FILTER (WHERE next_at IS NULL OR next_at >= (minute + 1) * ${minuteMs}))::real AS last,
             CASE WHEN min(source COLLATE "C") = max(source COLLATE "C") THEN min(source COLLATE "C")
                  ELSE string_agg(DISTINCT source COLLATE "C", '+' ORDER BY source COLLATE "C") END AS source
        FROM part GROUP BY subject, minute, metric
    )
    SELECT subject, to_timestamp(minute * 60) AS at, ${columns.map(pivotOf).join(", ")},
           coalesce(jsonb_object_agg(names.name, metric.source) FILTER (WHERE metric.source IS NOT NULL), '{}') AS sources
      FROM metric JOIN (VALUES ${names.map((name, metric) => `(${metric}, '${name}')`).join(", ")}) AS names (metric, name) ON names.metric = metric.metric GROUP BY subject, minute`;
}

function pivotOf(column: string, metric: number): string {
  return figuresOf(column)
    .map((name) => `max(metric.${name.slice(column.length + 1)}) FILTER (WHERE metric.metric = ${metric}) AS ${name}`)
    .join(", ");
}
