import type pg from "pg";
import { storableJson } from "@/lib/kernel/foreign-text";
import type { Db } from "@/lib/platform/prisma";
import type { ActivityType } from "@/lib/tenants/activity";
import type { Json, SchemaFound } from "./action";

/** What became of an item: `pending` is tried again. It counts only while the item is held under this lease. */
export type End = {
  position: number;
  lease: string;
  status: "done" | "skipped" | "failed" | "pending";
  words: string;
  saved?: Json;
  result?: Json;
  /** What the tenant's timeline calls it; without one it says nothing there. */
  activity?: ActivityType;
  /** Not tried again sooner. */
  waitMs?: number;
  /** Where the tenant's schema stands by now, where the item looked. */
  schema?: SchemaFound;
  /** It was not the item's doing: this attempt does not count. */
  uncounted?: true;
};

/** Something that happened while an item was worked on. */
export type Line = {
  position: number;
  attempt: number;
  level: "info" | "warning" | "error";
  message: string;
  at: string;
};

type Told = { runId: string; by: string; now: Date /** Whether to tell every process. */; tell: boolean };

/** $1 the ends, $2 the lines, $3 the run, $4 who confirmed it, $5 the time, $6 whether to tell every process. */
const statement = `
  WITH ends AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS e(position int, lease uuid, status text, words text, saved jsonb,
      result jsonb, activity text, "waitMs" float, schema jsonb, uncounted boolean)),
  ended AS (
    UPDATE bulk_items i
    SET status = e.status::bulk_item_status, words = e.words, lease = NULL, lease_until = NULL,
        saved = CASE WHEN e.status IN ('done', 'skipped') THEN e.saved ELSE i.saved END,
        result = e.result,
        finished_at = CASE WHEN e.status <> 'pending' THEN $5::timestamptz END,
        not_before = clock_timestamp() + e."waitMs" * interval '1 ms',
        attempts = i.attempts - CASE WHEN e.uncounted THEN 1 ELSE 0 END
    FROM ends e
    WHERE i.run_id = $3::uuid AND i.position = e.position AND i.status = 'running' AND i.lease = e.lease
    RETURNING i.position, i.tenant_id, e.words, e.activity, e.schema),
  schemas AS (
    INSERT INTO tenant_schemas AS s (tenant_id, version, applied, error, error_at, changed_at)
    SELECT tenant_id, schema #>> '{standing,version}', (schema #>> '{standing,applied}')::int, left(schema ->> 'error', 4000),
           CASE WHEN schema ->> 'error' IS NOT NULL THEN $5::timestamptz END, $5::timestamptz
    FROM ended WHERE schema IS NOT NULL
    ON CONFLICT (tenant_id) DO UPDATE SET
      version = coalesce(excluded.version, s.version), applied = coalesce(excluded.applied, s.applied),
      error = excluded.error, error_at = excluded.error_at, changed_at = excluded.changed_at,
      fingerprint = NULL, drifted = NULL, differences = '[]', checked_at = NULL),
  logged AS (
    INSERT INTO bulk_item_log (run_id, position, attempt, level, message, at)
    SELECT $3::uuid, l.* FROM jsonb_to_recordset($2::jsonb)
      AS l(position int, attempt smallint, level text, message text, at timestamptz)),
  told AS (
    INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, metadata, created_at)
    SELECT tenant_id, activity, words, $4::text, jsonb_build_object('bulkRun', $3::text), $5::timestamptz
    FROM ended WHERE activity IS NOT NULL
    RETURNING pg_notify('tenantry_activity', tenant_id::text)),
  announced AS MATERIALIZED (SELECT CASE WHEN $6::boolean THEN pg_notify('tenantry_bulk', $3::text) END)
  SELECT ended.position FROM announced LEFT JOIN ended ON true`;

type Ended = { position: number | null };

/**
 * Writes down what became of items, their log, their tenants' timelines and schemas, all in one statement. Returns the
 * positions of those whose lease still counted; for the others nothing but the log is kept.
 */
export async function finishItems(client: pg.ClientBase, ends: End[], lines: Line[], told: Told): Promise<number[]> {
  const { rows } = await client.query<Ended>({
    name: "bulk-finish",
    text: statement,
    values: valuesOf(ends, lines, told),
  });
  return rows.flatMap(({ position }) => position ?? []);
}

/** The same for one item, in the transaction that did it. Whether its lease still counted. */
export async function finishItem(db: Db, end: End, line: Line, told: Told): Promise<boolean> {
  const rows = await db.$queryRawUnsafe<Ended[]>(statement, ...valuesOf([end], [line], told));
  return rows.some(({ position }) => position !== null);
}

function valuesOf(ends: End[], lines: Line[], { runId, by, now, tell }: Told) {
  return [storableJson(ends), storableJson(lines), runId, by, now.toISOString(), tell];
}
