import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { bulkTask, queueRun } from "./queue";

/** How often a worker may go away under an item before it is taken to be the item's doing. */
const mostLosses = 20;

/** Takes back the items whose worker is gone: its lease has lapsed. That attempt does not count. */
export async function takeBack(runId: string, now: Date): Promise<number> {
  return await controlDb().$executeRaw`
    WITH lapsed AS (
      SELECT run_id, position, attempts FROM bulk_items
      WHERE run_id = ${runId}::uuid AND status = 'running' AND lease_until < clock_timestamp()
      ORDER BY position FOR UPDATE SKIP LOCKED),
    logged AS (
      INSERT INTO bulk_item_log (run_id, position, attempt, level, message, at)
      SELECT run_id, position, attempts, 'warning', 'Its worker was lost; it is begun again.', ${now} FROM lapsed)
    UPDATE bulk_items i
    SET lost = i.lost + 1, attempts = i.attempts - 1, lease = NULL, lease_until = NULL,
        status = CASE WHEN i.lost + 1 >= ${mostLosses} THEN 'failed' ELSE 'pending' END::bulk_item_status,
        finished_at = CASE WHEN i.lost + 1 >= ${mostLosses} THEN ${now}::timestamptz END,
        words = CASE WHEN i.lost + 1 >= ${mostLosses} THEN ${`Its worker was lost ${mostLosses} times.`}
                     ELSE 'Its worker was lost; it is begun again.' END
    FROM lapsed WHERE i.run_id = lapsed.run_id AND i.position = lapsed.position`;
}

/**
 * Queues the runs that nobody works on: a worker that was killed keeps its job locked in the queue, but its items'
 * leases lapse. A run with an item under a living lease, or with a job that waits, is looked after.
 */
export async function requeueRuns(): Promise<number> {
  const abandoned = await controlDb().$queryRaw<{ id: string }[]>`
    WITH held AS (
      SELECT run_id, bool_or(lease_until >= clock_timestamp()) AS alive, bool_or(lease_until < clock_timestamp()) AS lapsed
      FROM bulk_items WHERE status = 'running' GROUP BY run_id)
    SELECT r.id FROM bulk_runs r LEFT JOIN held h ON h.run_id = r.id
    WHERE (r.status IN ('running', 'cancelling') AND NOT coalesce(h.alive, false) OR h.lapsed)
      AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j
        WHERE j.task_identifier = ${bulkTask} AND j.key = 'bulk:' || r.id AND j.locked_at IS NULL
          AND j.attempts < j.max_attempts)`;
  for (const { id } of abandoned) await queueRun(controlDb(), id);
  if (abandoned.length > 0) log().info({ runs: abandoned.length }, "took up bulk runs that nobody worked on");
  return abandoned.length;
}
