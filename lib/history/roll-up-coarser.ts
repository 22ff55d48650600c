import type { Db } from "@/lib/platform/prisma";
import type { Stretch } from "./roll-up-minutes";
import { type Rolled, store } from "./store-buckets";
import { type Subject, subjects } from "./subjects";

/** Makes one hour from its minutes, whatever was there before. */
export async function rollHour(db: Db, hour: Stretch): Promise<void> {
  await roll(db, hourStatements, hour);
}

/** Makes one day (UTC) from its hours, whatever was there before. */
export async function rollDay(db: Db, day: Stretch): Promise<void> {
  await roll(db, dayStatements, day);
}

async function roll(db: Db, statements: string[], { from, to, ids }: Stretch): Promise<void> {
  for (const statement of statements) {
    await db.$executeRawUnsafe(statement, from.toISOString(), to.toISOString(), ids ?? null);
  }
}

const hourStatements = subjects.map((subject) => store(subject, "hours", bucketOf(subject, "minutes")));
const dayStatements = subjects.map((subject) => store(subject, "days", bucketOf(subject, "hours")));

/** SQL: one bucket from the finer ones in it. In time order, so that the last known value of each metric is the last. */
function bucketOf({ table, key, columns }: Subject, finer: Rolled): string {
  return `
    WITH found AS (
      SELECT ${key} AS subject, array_agg(DISTINCT source_set) AS sets, ${columns.map(foldOf).join(", ")}
        FROM ${table}_${finer}
       WHERE at >= $1::timestamptz AND at < $2::timestamptz AND ($3::uuid[] IS NULL OR ${key} = ANY ($3::uuid[]))
       GROUP BY ${key}
    ), merged AS MATERIALIZED (
      SELECT sets, (SELECT coalesce(jsonb_object_agg(metric, source), '{}') FROM (
               SELECT pair.key AS metric, string_agg(DISTINCT part COLLATE "C", '+' ORDER BY part COLLATE "C") AS source
                 FROM usage_source_sets, jsonb_each_text(sources) AS pair, string_to_table(pair.value, '+') AS part
                WHERE id = ANY (sets) GROUP BY pair.key) AS named) AS sources
        FROM (SELECT DISTINCT sets FROM found) AS each
    )
    SELECT found.*, $1::timestamptz AS at, merged.sources FROM found JOIN merged ON merged.sets = found.sets`;
}

function foldOf(column: string): string {
  const lasts = `array_agg(${column}_last ORDER BY at) FILTER (WHERE ${column}_ms IS NOT NULL)`;
  return `sum(${column}_sum) AS ${column}_sum, sum(${column}_ms)::integer AS ${column}_ms,
          min(${column}_min) AS ${column}_min, max(${column}_max) AS ${column}_max,
          (${lasts})[cardinality(${lasts})] AS ${column}_last`;
}
