import { setMaxListeners } from "node:events";
import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import pg from "pg";
import { requeueRuns } from "@/lib/bulk/abandoned";
import { schemasAtWork } from "@/lib/bulk/at-work";
import { expirePlans } from "@/lib/bulk/expire-plans";
import { bulkTask } from "@/lib/bulk/queue";
import { endRunnerPool } from "@/lib/bulk/runner-pool";
import { checkTwoPersons } from "@/lib/bulk/two-persons";
import { workRun } from "@/lib/bulk/work-run";
import { workDemo } from "@/lib/demo/work-demo";
import { checkDomains } from "@/lib/domains/check";
import { checkDue } from "@/lib/drift/checker";
import { watchUsage } from "@/lib/forecast/watch";
import { keepPartitions } from "@/lib/history/partitions";
import { rollUp } from "@/lib/history/roll-up";
import { checkDue as checkIsolationDue } from "@/lib/isolation/check-due";
import { systemClock } from "@/lib/kernel/clock";
import { keepLake } from "@/lib/lake/keep-lake";
import { ownLake } from "@/lib/lake/lake";
import { endDueMaintenances } from "@/lib/maintenance/end-due";
import { startCollector } from "@/lib/metrics/collect";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import { requeueReports } from "@/lib/reports/abandoned";
import { queueDueReports } from "@/lib/reports/due";
import { deliverMails } from "@/lib/reports/mail-deliver";
import { reportTask } from "@/lib/reports/queue-report";
import { workReport } from "@/lib/reports/work-report";
import { settleSupport } from "@/lib/support/settle";
import { beginPresence } from "@/lib/system/begin-presence";
import { purgeDue } from "@/lib/tenants/purge";
import { reconcileStatuses, requeueAbandoned } from "@/lib/tenants/reconcile";
import { runSaga, sagaTask } from "@/lib/tenants/saga";
import { giveWay } from "./give-way";
import { repeat } from "./repeat";
import { tidy } from "./tidy";

const queueLog = new Logger(() => (level, message) => {
  if (level === "error" || level === "warning") log().warn({ queue: message }, "the job queue");
});

/** Runs jobs, the collector and the regular checks until `signal` is aborted; then lets what runs finish. */
export async function runWorker(signal: AbortSignal, ready: () => void): Promise<void> {
  checkTwoPersons();
  // Each check waits with a listener of its own.
  setMaxListeners(100, signal);
  const pool = new pg.Pool({ connectionString: env().DATABASE_URL, max: 10, connectionTimeoutMillis: 5000 });
  // graphile-worker wants every connection of a pool it is given to have an error handler.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", (error) => log().warn({ error: error.message }, "a queue connection was lost"));
  beginPresence("worker", signal);
  const collector = startCollector({ clock: systemClock, signal });
  const pace = { minutes: 5 };
  const checks = [
    repeat("abandoned sagas", 5, signal, requeueAbandoned),
    repeat("deleted tenants", 60, signal, () => purgeDue(systemClock, signal)),
    repeat("statuses", 60, signal, reconcileStatuses),
    repeat("bulk runs", 2, signal, requeueRuns),
    repeat("reports", 5, signal, requeueReports),
    repeat("demo fleet", 1, signal, () => workDemo(systemClock, signal)),
    repeat("old plans", 600, signal, () => expirePlans(systemClock())),
    // A run over schemas asks for a look at each of them: those come after it, not beside it.
    repeat("schemas", 15, signal, () => giveWay(signal, schemasAtWork, (free) => checkDue(systemClock, free))),
    repeat("domains", 15, signal, () => checkDomains(systemClock, signal)),
    repeat("maintenance", 5, signal, () => endDueMaintenances(systemClock, signal)),
    repeat("support access", 3, signal, () => settleSupport(systemClock, signal)),
    repeat("what is usual", 60, signal, () => watchUsage(systemClock, signal)),
    repeat("usage partitions", 3600, signal, () => keepPartitions(controlDb(), systemClock())),
    repeat("roll-ups of usage", 5, signal, () => rollUp(controlDb(), systemClock, signal, pace)),
    repeat("lake", 60, signal, async () => {
      const lake = ownLake();
      if (lake) await keepLake(lake, systemClock, signal);
    }),
    repeat("isolation", 30, signal, () => checkIsolationDue(systemClock, signal)),
    repeat("report schedules", 5, signal, () => queueDueReports(systemClock, signal)),
    repeat("mail", 5, signal, () => deliverMails(signal, { clock: systemClock })),
    repeat("tidying", 3600, signal, () => tidy(systemClock())),
  ];
  // A queue each, so that neither a hundred new tenants nor a few long runs keep the other waiting.
  const queues = [
    keepQueueRunning(pool, 4, signal, {
      [sagaTask]: async (payload) => await runSaga((payload as { tenantId: string }).tenantId, { clock: systemClock }),
    }),
    keepQueueRunning(pool, 8, signal, {
      [bulkTask]: async (payload) =>
        await workRun((payload as { runId: string }).runId, signal, { clock: systemClock }),
    }),
    keepQueueRunning(pool, 2, signal, {
      [reportTask]: async (payload) =>
        await workReport((payload as { reportId: string }).reportId, signal, { clock: systemClock }),
    }),
  ];
  ready();
  await Promise.all([collector.done, ...queues, ...checks]);
  await Promise.all([pool.end(), endRunnerPool(), controlDb().$disconnect()]);
}

/** The queue's runner ends when it loses the control database for good; it is started again until the worker stops. */
async function keepQueueRunning(
  pool: pg.Pool,
  concurrency: number,
  signal: AbortSignal,
  taskList: TaskList,
): Promise<void> {
  await repeat("the job queue", 1, signal, async () => {
    const runner: Runner = await run({
      pgPool: pool,
      concurrency,
      pollInterval: 1000,
      noHandleSignals: true,
      logger: queueLog,
      taskList,
    });
    const stop = () => void runner.stop().catch(() => undefined);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    await runner.promise.finally(() => signal.removeEventListener("abort", stop));
  });
}
