import type { Ctx } from "@/lib/gate/context";
import type { Prisma } from "@/lib/platform/prisma";
import type { RunRow } from "./find-run";
import { announceRun, queueRun } from "./queue";
import { settleRun } from "./settle";
import type { RunView } from "./shapes";
import { runViewOf } from "./view";

/**
 * Changes a run that the caller's transaction holds, brings it to where its items then say it is, and tells everybody.
 * The worker looks at it in any case: there may be something to begin, or nothing left.
 */
export async function changeRun(ctx: Ctx, run: RunRow, data: Prisma.BulkRunUpdateInput): Promise<RunView> {
  await ctx.db.bulkRun.update({ where: { id: run.id }, data });
  await settleRun(ctx.db, run.id, ctx.now);
  await queueRun(ctx.db, run.id);
  await announceRun(ctx.db, run.id);
  const view = await runViewOf(ctx.db, run.id);
  const { status, counts, digest } = view;
  Object.assign(ctx.note, { target: run.id, before: { status: run.status }, after: { status, counts, digest } });
  return view;
}
