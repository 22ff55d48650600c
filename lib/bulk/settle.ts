import { recordAudit } from "@/lib/gate/audit";
import { systemContext } from "@/lib/gate/context";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { countItems } from "./count-items";
import { announceRun } from "./queue";
import { type Verdict, verdict, type WaveFacts } from "./settle-rules";
import { endedStatuses, type ItemStatus, type RunStatus, type SettledOptions } from "./shapes";

type Run = { status: RunStatus; wave: number; forgiven: number; reason: string | null; options: SettledOptions };
type Count = WaveFacts & { ended: Partial<Record<ItemStatus, number>> };

/**
 * Brings a run to where its items say it is: the next wave, paused over too many failures, finished, cancelled. In the
 * caller's transaction, which holds the run's row from here until it commits. Returns the run's status.
 */
export async function settleRun(db: Db, runId: string, now: Clock): Promise<RunStatus> {
  const [run] = await db.$queryRaw<Run[]>`
    SELECT status::text, wave, forgiven, reason, options FROM bulk_runs WHERE id = ${runId}::uuid FOR UPDATE`;
  if (!run) throw new Error(`There is no bulk run ${runId}.`);
  if (run.status === "cancelling") await cancelPending(db, runId, now);
  const waves = await countWaves(db, runId);
  const found = verdict({ ...run, waves });
  if (!found) return run.status;
  await become(db, runId, found, now);
  if (endedStatuses.includes(found.status)) await tellEnd(db, runId, found.status, waves, now);
  return found.status;
}

/** What came back to be tried again after a run was cancelled is cancelled, too. */
async function cancelPending(db: Db, runId: string, now: Clock): Promise<void> {
  await db.$executeRaw`
    UPDATE bulk_items SET status = 'cancelled', not_before = NULL, finished_at = ${now()}
    WHERE run_id = ${runId}::uuid AND status = 'pending'`;
}

/** What the plan left out was skipped without having begun. */
async function countWaves(db: Db, runId: string): Promise<Count[]> {
  return await db.$queryRaw<Count[]>`
    SELECT wave::int, coalesce(sum(n) FILTER (WHERE NOT left_out), 0)::int AS total,
           coalesce(sum(n) FILTER (WHERE status = 'pending'), 0)::int AS pending,
           coalesce(sum(n) FILTER (WHERE status = 'running'), 0)::int AS running,
           coalesce(sum(n) FILTER (WHERE status = 'failed'), 0)::int AS failed,
           jsonb_object_agg(status, n) FILTER (WHERE NOT left_out) AS ended
    FROM (SELECT wave, status, status = 'skipped' AND started_at IS NULL AS left_out, count(*) AS n
          FROM bulk_items WHERE run_id = ${runId}::uuid GROUP BY 1, 2, 3) AS counted
    GROUP BY wave ORDER BY wave`;
}

async function become(db: Db, runId: string, { status, wave, reason }: Verdict, now: Clock): Promise<void> {
  const finishedAt = endedStatuses.includes(status)
    ? { finishedAt: now(), ended: await countItems(db, [runId]) }
    : { ended: Prisma.DbNull };
  // Who cancelled it stays with it.
  const why = status === "cancelled" ? {} : { reason };
  await db.bulkRun.update({ where: { id: runId }, data: { status, wave, ...why, ...finishedAt } });
  await announceRun(db, runId);
}

async function tellEnd(db: Db, runId: string, status: RunStatus, waves: Count[], now: Clock): Promise<void> {
  const counts: Partial<Record<string, number>> = {};
  for (const { ended } of waves)
    for (const [name, n] of Object.entries(ended ?? {})) counts[name] = (counts[name] ?? 0) + n;
  const ctx = systemContext("worker", db, now, newId(now()), new AbortController().signal);
  Object.assign(ctx.note, { target: runId, after: counts });
  await recordAudit(ctx, { operation: `bulk.${status}`, outcome: "done", input: { id: runId } });
}
