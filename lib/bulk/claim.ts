import type pg from "pg";
import { env } from "@/lib/platform/env";
import type { Prisma } from "@/lib/platform/prisma";

/** An item that this process works on, under a lease of its own. */
export type Claimed = {
  position: number;
  tenantId: string;
  lease: string;
  /** How often it was begun, this time counted. */
  attempt: number;
  saved: Prisma.JsonValue;
};

/** How many of a server's pending items one claim looks at: with all of them held up, it must not take seconds. */
const window = 500;

/**
 * Makes claims wait for each other over all workers, until the transaction ends: so what they count is exact. What also
 * holds a run's row takes it after this.
 */
export const lockClaims = "SELECT pg_advisory_xact_lock(hashtextextended('tenantry bulk claim', 0))";

// OFFSET 0 keeps each question one of single rows: as joins they would read the whole of an earlier run.
/** $1 the run, $2 connections a server has for all runs, $3 how many, $4 a lease's milliseconds, $5 the time. */
const statement = `
  WITH run AS MATERIALIZED (
    SELECT id, wave, confirmed_at, (options ->> 'concurrency')::int AS concurrency
    FROM bulk_runs WHERE id = $1::uuid AND status = 'running' FOR SHARE),
  busy AS (
    SELECT server_id, count(*) AS n, count(*) FILTER (WHERE run_id = $1::uuid) AS own
    FROM bulk_items WHERE status = 'running' GROUP BY server_id),
  free AS (
    SELECT s.id AS server_id, least(run.concurrency - coalesce(b.own, 0), $2::int - coalesce(b.n, 0)) AS places
    FROM run CROSS JOIN servers s LEFT JOIN busy b ON b.server_id = s.id),
  next AS (
    SELECT found.run_id, found.position FROM free CROSS JOIN run CROSS JOIN LATERAL (
      SELECT i.run_id, i.position, i.wave FROM (
        SELECT run_id, position, wave, tenant_id FROM bulk_items
        WHERE run_id = run.id AND server_id = free.server_id AND status = 'pending' AND wave <= run.wave
          AND (not_before IS NULL OR not_before <= clock_timestamp())
        ORDER BY wave, position LIMIT ${window}) AS i
      WHERE NOT EXISTS (SELECT 1 FROM bulk_items r WHERE r.tenant_id = i.tenant_id AND r.status = 'running' OFFSET 0)
        AND NOT EXISTS (
          SELECT 1 FROM bulk_items e JOIN bulk_runs o ON o.id = e.run_id
          WHERE e.tenant_id = i.tenant_id AND e.status < 'done' AND e.run_id <> i.run_id AND o.status = 'running'
            AND (o.confirmed_at, o.id) < (run.confirmed_at, run.id) OFFSET 0)
      ORDER BY i.wave, i.position LIMIT greatest(free.places, 0)) AS found
    ORDER BY found.wave, found.position LIMIT $3::int),
  locked AS (
    SELECT i.run_id, i.position FROM bulk_items i JOIN next USING (run_id, position)
    WHERE i.status = 'pending' FOR UPDATE OF i SKIP LOCKED)
  UPDATE bulk_items i
  SET status = 'running', lease = gen_random_uuid(), lease_until = clock_timestamp() + $4::float * interval '1 ms',
      started_at = $5::timestamptz, finished_at = NULL, not_before = NULL, attempts = i.attempts + 1
  FROM locked WHERE i.run_id = locked.run_id AND i.position = locked.position
  RETURNING i.position, i.tenant_id AS "tenantId", i.lease, i.attempts AS attempt, i.saved`;

/**
 * Begins up to `want` items of a run, in the plan's order: as many on each server as the run's concurrency and the
 * server's connections leave, and none whose tenant is being worked on or is awaited by a run confirmed earlier.
 * The transaction has to begin with `lockClaims`.
 */
export async function claimItems(client: pg.ClientBase, runId: string, want: number, leaseMs: number, now: Date) {
  const values = [runId, env().BULK_SERVER_CONNECTIONS, want, leaseMs, now.toISOString()];
  const { rows } = await client.query<Claimed>({ name: "bulk-claim", text: statement, values });
  return rows;
}
