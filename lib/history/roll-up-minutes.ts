import type { Db } from "@/lib/platform/prisma";
import { store } from "./store-buckets";
import { type Subject, subjects } from "./subjects";

/** A time to roll up, from `from` to before `to`, both whole steps; `ids`: only these tenants and servers. */
export type Stretch = { from: Date; to: Date; ids?: string[] };

const minuteMs = 60_000;

/** Makes the minutes of a stretch from the raw samples, whatever was there before. */
export async function rollMinutes(db: Db, { from, to, ids }: Stretch): Promise<void> {
  for (const statement of to.getTime() - from.getTime() === minuteMs ? ofOne : ofMany) {
    await db.$executeRawUnsafe(statement, from.toISOString(), to.toISOString(), ids ?? null);
  }
}

// A minute at a time is how it always goes but for catching up: no value is to be spread over several then.
const ofOne = subjects.map((subject) => store(subject, "minutes", minutesOf(subject, theMinute())));
const ofMany = subjects.map((subject) => store(subject, "minutes", minutesOf(subject, everyMinute(subject.hold))));

/**
 * SQL: a row a subject and minute, with the sources as JSON. What is summed first is a metric's values of one source, so
 * that sources are only put together once for each set of them and not for each tenant.
 */
function minutesOf({ columns, names, values, hold }: Subject, minutes: string): string {
  return `
    WITH value AS (${values}
    ), standing AS (
      SELECT subject, metric, value, source, at, next_at, least(ends, at + ${hold}) AS ends FROM value
    ), part AS (
      SELECT subject, metric, minute, value, source, next_at,
             (least(ends, (minute + 1) * ${minuteMs}) - greatest(at, minute * ${minuteMs}))::integer AS ms
        FROM standing ${minutes}
       WHERE ends > at AND ends > minute * ${minuteMs} AND at < (minute + 1) * ${minuteMs}
    ), metric AS (
      SELECT subject, minute, metric, source, sum(value * ms) AS sum, sum(ms) AS ms, min(value) AS min, max(value) AS max,
             max(value) FILTER (WHERE next_at IS NULL OR next_at >= (minute + 1) * ${minuteMs}) AS last
        FROM part GROUP BY subject, minute, metric, source
    ), bucket AS (
      SELECT subject, minute, ${columns.map(pivotOf).join(", ")},
             coalesce(array_agg(metric || ' ' || source ORDER BY metric, source COLLATE "C")
                        FILTER (WHERE source IS NOT NULL), '{}') AS set
        FROM metric GROUP BY subject, minute
    ), merged AS MATERIALIZED (
      SELECT set, (SELECT coalesce(jsonb_object_agg(names.name, named.sources), '{}') FROM (
               SELECT split_part(one, ' ', 1)::integer AS metric,
                      string_agg(substr(one, strpos(one, ' ') + 1), '+' ORDER BY place) AS sources
                 FROM unnest(set) WITH ORDINALITY AS each (one, place) GROUP BY 1) AS named
               JOIN (VALUES ${names.map((name, metric) => `(${metric}, '${name}')`).join(", ")})
                    AS names (metric, name) USING (metric)) AS sources
        FROM (SELECT DISTINCT set FROM bucket) AS each
    )
    SELECT bucket.*, to_timestamp(minute * 60) AS at, merged.sources
      FROM bucket JOIN merged ON merged.set = bucket.set`;
}

/** SQL: the one minute of the stretch. */
function theMinute(): string {
  return `CROSS JOIN (SELECT ${minuteOf("$1")} AS minute) AS the`;
}

/** SQL: the minutes of the stretch that a value may stand in. */
function everyMinute(hold: number): string {
  const beyond = Array.from({ length: Math.ceil(hold / minuteMs) + 1 }, (_, minutes) => `(${minutes})`);
  const minute = `at / ${minuteMs} + minutes`;
  return `
       CROSS JOIN (VALUES ${beyond.join(", ")}) AS beyond (minutes)
       CROSS JOIN LATERAL (SELECT ${minute} AS minute
                            WHERE ${minute} >= ${minuteOf("$1")} AND ${minute} < ${minuteOf("$2")}) AS each`;
}

function minuteOf(time: string): string {
  return `date_part('epoch', ${time}::timestamptz)::bigint / 60`;
}

function pivotOf(column: string, metric: number): string {
  const own = `FILTER (WHERE metric = ${metric})`;
  return `sum(sum) ${own} AS ${column}_sum, (sum(ms) ${own})::integer AS ${column}_ms,
          (min(min) ${own})::real AS ${column}_min, (max(max) ${own})::real AS ${column}_max,
          (max(last) ${own})::real AS ${column}_last`;
}
