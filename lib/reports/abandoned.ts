import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { enqueueReport, reportTask } from "./queue-report";

/** Queues the reports that nobody makes: of workers that were killed, or whose job was lost. Returns how many. */
export async function requeueReports(): Promise<number> {
  const abandoned = await controlDb().$queryRaw<{ id: string }[]>`
    SELECT r.id::text AS id FROM reports r
     WHERE r.status < 'done' AND (r.lease_until IS NULL OR r.lease_until < clock_timestamp())
       AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j
         WHERE j.task_identifier = ${reportTask} AND j.key = 'report:' || r.id AND j.locked_at IS NULL
           AND j.attempts < j.max_attempts)`;
  for (const { id } of abandoned) await enqueueReport(controlDb(), id);
  if (abandoned.length > 0) log().info({ reports: abandoned.length }, "took up reports that nobody worked on");
  return abandoned.length;
}
