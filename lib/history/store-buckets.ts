import type { Subject } from "./subjects";

/** The tables that roll-ups fill. */
export type Rolled = "minutes" | "hours" | "days";

/** What is kept of each metric, as the ends of its columns' names. */
const parts = ["sum", "ms", "min", "max", "last"] as const;

const figuresOf = (column: string) => parts.map((part) => `${column}_${part}`);

/**
 * SQL that puts buckets of a time ($1 to before $2, of the subjects in $3 or all) into their table and takes out those
 * that are no longer there. `buckets` is SQL for subject, at, the figures and the sources as JSON.
 */
export function store({ table, key, columns }: Subject, level: Rolled, buckets: string): string {
  const figures = columns.flatMap(figuresOf);
  const target = `${table}_${level}`;
  return `
    WITH bucket AS MATERIALIZED (${buckets}
    ), source_set AS MATERIALIZED (
      SELECT sources, usage_source_set(sources) AS id FROM (SELECT DISTINCT sources FROM bucket) AS found
    ), gone AS (
      DELETE FROM ${target} old
       WHERE old.at >= $1::timestamptz AND old.at < $2::timestamptz AND ($3::uuid[] IS NULL OR old.${key} = ANY ($3::uuid[]))
         AND NOT EXISTS (SELECT FROM bucket WHERE bucket.subject = old.${key} AND bucket.at = old.at)
    )
    INSERT INTO ${target} (at, ${key}, source_set, ${figures.join(", ")})
    SELECT bucket.at, bucket.subject, source_set.id, ${figures.map((name) => `bucket.${name}`).join(", ")}
      FROM bucket JOIN source_set ON source_set.sources = bucket.sources
    ON CONFLICT (${key}, at) DO UPDATE SET source_set = excluded.source_set,
           ${figures.map((name) => `${name} = excluded.${name}`).join(", ")}`;
}
