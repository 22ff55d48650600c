import { enqueue } from "@/lib/jobs/enqueue";
import type { Db } from "@/lib/platform/prisma";

export const bulkTask = "bulk-run";

/** Queues a look at a run: whatever of it can be done is then done. */
export async function queueRun(db: Db, runId: string, runAt?: Date): Promise<void> {
  await enqueue(db, bulkTask, { runId }, { key: `bulk:${runId}`, ...(runAt && { runAt }) });
}

/** Tells every process that a run or its items changed, once the transaction commits. */
export async function announceRun(db: Db, runId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_notify('tenantry_bulk', ${runId})`;
}
