import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/platform/log";
import { controlDb } from "@/lib/platform/prisma";
import type { ReportRow } from "./find-report";

/** A report that this process makes, as it was when it began. */
export type Claimed = Pick<
  ReportRow,
  "id" | "kind" | "format" | "input" | "askedBy" | "askedKind" | "askedById" | "attempts" | "scheduleId" | "dueAt"
> & { lease: string };

/** Takes a report that waits, or whose worker is gone, under a lease of so many milliseconds; null: there is none. */
export async function claimReport(id: string, leaseMs: number, now: Date): Promise<Claimed | null> {
  const [claimed] = await controlDb().$queryRaw<Claimed[]>`
    UPDATE reports SET status = 'running', lease = gen_random_uuid(), attempts = attempts + 1, rows = 0, total = NULL,
           lease_until = clock_timestamp() + ${leaseMs}::float * interval '1 ms', started_at = coalesce(started_at, ${now})
     WHERE id = ${id}::uuid AND (status = 'waiting' OR (status = 'running' AND lease_until < clock_timestamp()))
    RETURNING id::text, kind, format, input, asked_by AS "askedBy", asked_kind AS "askedKind",
              asked_by_id::text AS "askedById", attempts, lease::text, schedule_id::text AS "scheduleId",
              due_at AS "dueAt"`;
  return claimed ?? null;
}

/** What a report's making has written so far. */
export type Done = { rows: number; total: number | null };

/**
 * Renews a report's lease and notes how far it is, until `signal` is aborted. Calls `lost` when the lease is gone (the
 * report was cancelled, or is another's) or could not be renewed for two thirds of its time.
 */
export async function keepLease(
  { id, lease }: Pick<Claimed, "id" | "lease">,
  leaseMs: number,
  done: Done,
  signal: AbortSignal,
  lost: () => void,
): Promise<void> {
  let renewedAt = performance.now();
  while (!signal.aborted) {
    await delay(Math.min(1000, leaseMs / 3), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    try {
      const asked = performance.now();
      const kept = await controlDb().$executeRaw`
        UPDATE reports SET rows = ${done.rows}, total = ${done.total},
               lease_until = clock_timestamp() + ${leaseMs}::float * interval '1 ms'
         WHERE id = ${id}::uuid AND lease = ${lease}::uuid AND status = 'running'`;
      if (kept === 0) return lost();
      renewedAt = asked;
    } catch (error) {
      log().warn({ report: id, error: String(error) }, "a report's lease could not be renewed");
      if (performance.now() - renewedAt > (2 / 3) * leaseMs) return lost();
    }
  }
}
