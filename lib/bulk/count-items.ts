import type { Db } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import type { ItemStatus } from "./shapes";

/** So many items of a run have this status, and of so many the change can be taken back. */
export type Counted = { runId: string; status: ItemStatus; items: number; undoable: number };

/** Counts the items of runs by status. */
export async function countItems(db: Db, ids: string[]): Promise<Counted[]> {
  return await readingOf(db).$queryRaw<Counted[]>`
    SELECT run_id::text AS "runId", status::text, count(*)::int AS items,
           count(*) FILTER (WHERE status = 'done' AND saved IS NOT NULL)::int AS undoable
      FROM bulk_items WHERE run_id = ANY(${ids}::uuid[]) GROUP BY 1, 2`;
}
