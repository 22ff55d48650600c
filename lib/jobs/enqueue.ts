import type { Db } from "@/lib/platform/prisma";

export type JobOptions = {
  /** Jobs with one key replace each other while they wait, so that work is queued once. */
  key: string;
  /** When to run; at once unless told. */
  runAt?: Date;
};

/** Queues a job for the worker; inside a transaction the job exists only if that commits. */
export async function enqueue(
  db: Db,
  task: string,
  payload: Record<string, string>,
  options: JobOptions,
): Promise<void> {
  await db.$executeRaw`
    SELECT graphile_worker.add_job(
      ${task}, payload := ${JSON.stringify(payload)}::json, job_key := ${options.key},
      run_at := ${options.runAt ?? null}::timestamptz, max_attempts := 5)`;
}
