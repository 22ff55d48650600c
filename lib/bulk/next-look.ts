import type { Clock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { announceRun, bulkTask, queueRun } from "./queue";
import { settleRun } from "./settle";
import type { RunStatus } from "./shapes";

/** Milliseconds after which a run whose items wait for other runs, or for places on servers, is looked at again. */
const blockedMs = 1000;

/**
 * Settles a run that this process stops working on, and queues the next look at it for when there may be something to
 * do: all under the run's row, so that who resumes or cancels it at this moment comes before or after.
 */
export async function leaveRun(runId: string, now: Clock, yields: boolean): Promise<RunStatus> {
  return await controlDb().$transaction(
    async (db) => {
      const status = await settleRun(db, runId, now);
      await announceRun(db, runId);
      const [next] = await db.$queryRaw<{ ready: boolean; inMs: number | null; lapsesMs: number | null }[]>`
        SELECT EXISTS (SELECT 1 FROM bulk_items i WHERE i.run_id = r.id AND i.status = 'pending' AND i.wave <= r.wave
                         AND (i.not_before IS NULL OR i.not_before <= clock_timestamp())) AS ready,
               (SELECT extract(epoch FROM min(not_before) - clock_timestamp()) * 1000 FROM bulk_items i
                WHERE i.run_id = r.id AND i.status = 'pending' AND i.wave <= r.wave)::float AS "inMs",
               (SELECT extract(epoch FROM min(lease_until) - clock_timestamp()) * 1000 FROM bulk_items i
                WHERE i.run_id = r.id AND i.status = 'running')::float AS "lapsesMs"
        FROM bulk_runs r WHERE r.id = ${runId}::uuid`;
      const begins = status === "running" ? [next?.ready ? (yields ? 0 : blockedMs) : next?.inMs] : [];
      const waits = [...begins, next?.lapsesMs].filter((one) => typeof one === "number");
      if (waits.length > 0) await queueRun(db, runId, new Date(now().getTime() + Math.max(0, Math.min(...waits))));
      return status;
    },
    { maxWait: 5000, timeout: 30_000 },
  );
}

/** Whether other runs wait for a worker to look at them. */
export async function othersWait(): Promise<boolean> {
  const [row] = await controlDb().$queryRaw<{ waiting: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM graphile_worker.jobs
      WHERE task_identifier = ${bulkTask} AND locked_at IS NULL AND attempts < max_attempts
        AND run_at <= clock_timestamp()) AS waiting`;
  return row?.waiting ?? false;
}
