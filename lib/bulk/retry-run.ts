import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { Prisma } from "@/lib/platform/prisma";
import { changeRun } from "./change-run";
import { retryRunContract } from "./contract";
import { expectStatus, lockRun, ownAction } from "./find-run";

export const retryRun = operation(retryRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  ownAction(ctx.actor, run);
  expectStatus(run, ["paused", "finished", "cancelled"], "tried again");
  const cleared = { words: null, notBefore: null, startedAt: null, finishedAt: null };
  const anew = { status: "pending", attempts: 0, lost: 0, ...cleared } as const;
  const { count } = await ctx.db.bulkItem.updateMany({ where: { runId: id, status: "failed" }, data: anew });
  if (count === 0) throw new AppError("conflict", "Nothing has failed in this run, so there is nothing to retry.");
  return await changeRun(ctx, run, {
    status: "running",
    reason: null,
    forgiven: 0,
    finishedAt: null,
    ended: Prisma.DbNull,
  });
});
