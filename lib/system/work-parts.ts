import { waitingJobs } from "@/lib/metrics/overview-questions";
import { type Asked, type Found, many, type PartRule, spanWords } from "./part";

const lateJobSeconds = 30;

/** Who works, what waits, and what is stuck. */
export const workParts: readonly PartRule[] = [
  {
    name: "workers",
    label: "Workers",
    measured: "a question to each process just now, over the connection on which it listens to the control database",
    look: async (asked) => processes(asked, "worker"),
  },
  {
    name: "web",
    label: "Web processes",
    measured: "the same question",
    look: async (asked) => processes(asked, "web"),
  },
  { name: "jobs", label: "Jobs", measured: "graphile_worker.jobs", look: jobs },
  {
    name: "leases",
    label: "Leases of bulk runs' items",
    measured: "bulk_items.lease_until by PostgreSQL's clock",
    look: leases,
  },
  { name: "runs", label: "Bulk runs", measured: "bulk_runs, their items' times, and the job queue", look: runs },
];

function processes({ presence: { told, silent } }: Asked, kind: "web" | "worker"): Found {
  const here = told.filter((one) => one.kind === kind);
  const versions = [...new Set(told.map(({ version }) => version))];
  const names = here.map(({ host, pid }) => `${host} (${pid})`).join(", ");
  const figures = { answered: here.length, silent };
  if (here.length === 0 && kind === "worker")
    return { state: "down", words: "No worker answers: nothing is measured, and no job is done. Start one.", figures };
  if (here.length === 0) return { state: "unknown", words: "No web process answered.", figures };
  if (silent > 0)
    return {
      state: "degraded",
      words: `${names} answered; ${many(silent, "process")} is there but says nothing.`,
      figures,
    };
  if (versions.length > 1)
    return { state: "degraded", words: `Processes run different versions: ${versions.join(", ")}.`, figures };
  return { state: "ok", words: `${names} answered.`, figures };
}

async function jobs({ db }: Asked): Promise<Found> {
  const waiting = await waitingJobs(db);
  if (!waiting) return { state: "unknown", words: "There is no queue yet: no worker has run." };
  const [dead] = await db.$queryRaw<{ count: number; since: Date | null }[]>`
    SELECT count(*)::int AS count, min(updated_at) AS since FROM graphile_worker.jobs WHERE attempts >= max_attempts`;
  const failed = dead?.count ?? 0;
  const figures = { waiting: waiting.waiting, oldestSeconds: Math.round(waiting.seconds), failed };
  const late = waiting.waiting > 0 && waiting.seconds > lateJobSeconds;
  if (late)
    return {
      state: "degraded",
      words: `${waiting.waiting} waiting, the oldest for ${spanWords(waiting.seconds)}: is a worker running?`,
      figures,
    };
  if (failed > 0)
    return { state: "degraded", words: `${many(failed, "job")} failed for good.`, since: dead?.since ?? null, figures };
  return { state: "ok", words: waiting.waiting === 0 ? "Nothing waits." : `${waiting.waiting} waiting.`, figures };
}

async function leases({ db }: Asked): Promise<Found> {
  const [row] = await db.$queryRaw<{ held: number; dead: number; since: Date | null }[]>`
    SELECT count(*)::int AS held, count(*) FILTER (WHERE dead)::int AS dead, min(lease_until) FILTER (WHERE dead) AS since
      FROM (SELECT lease_until, lease_until < clock_timestamp() - interval '30 seconds' AS dead
              FROM bulk_items WHERE status = 'running') item`;
  const { held = 0, dead = 0, since = null } = row ?? {};
  const words =
    dead === 0 ? (held === 0 ? "None is held." : `${held} held.`) : `${dead} of ${held} are of dead workers.`;
  return { state: dead > 0 ? "degraded" : "ok", words, since, figures: { held, dead } };
}

async function runs({ db }: Asked): Promise<Found> {
  const stuck = await stuckRuns(db);
  const atWork = await db.bulkRun.count({ where: { status: { in: ["running", "cancelling"] } } });
  const figures = { atWork, stuck: stuck.length };
  if (stuck.length > 0)
    return {
      state: "degraded",
      words: `${many(stuck.length, "run")} goes on no further.`,
      since: stuck[0]?.since ?? null,
      figures,
    };
  return { state: "ok", words: atWork === 0 ? "None is at work." : `${atWork} at work.`, figures };
}

/**
 * Bulk runs that should be at work and on which nobody is: no living lease, no job that waits, and nothing of them moved for
 * a minute. The longest stuck first.
 */
export async function stuckRuns(db: Asked["db"]): Promise<{ id: string; action: string; since: Date }[]> {
  return await db.$queryRaw<{ id: string; action: string; since: Date }[]>`
    SELECT r.id::text AS id, r.action, greatest(r.started_at, r.confirmed_at, moved.at) AS since
      FROM bulk_runs r CROSS JOIN LATERAL (
        SELECT max(greatest(i.started_at, i.finished_at)) AS at,
               bool_or(i.status = 'running' AND i.lease_until >= clock_timestamp()) AS alive
          FROM bulk_items i WHERE i.run_id = r.id) moved
     WHERE r.status IN ('running', 'cancelling') AND NOT coalesce(moved.alive, false)
       AND coalesce(greatest(r.started_at, r.confirmed_at, moved.at), '-infinity') < clock_timestamp() - interval '1 minute'
       AND NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = 'bulk:' || r.id AND j.locked_at IS NULL
                        AND j.attempts < j.max_attempts AND j.run_at > clock_timestamp() - interval '1 minute')
     ORDER BY 3`;
}
