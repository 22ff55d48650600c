import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { changeRun } from "./change-run";
import { retryRunContract } from "./contract-verbs";
import { expectStatus, lockRun } from "./find-run";
import { ownAction } from "./own-action";
import { checkAge, checkPerson, failedItems } from "./retry-rules";

export const retryRun = operation(retryRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  const action = ownAction(ctx.actor, run);
  expectStatus(run, ["paused", "finished", "cancelled"], "tried again");
  const failed = await failedItems(ctx, action, run);
  await checkAge(ctx, run);
  await checkPerson(ctx, run);
  await ctx.db.$executeRaw`
    UPDATE bulk_items SET status = 'pending', attempts = 0, lost = 0, words = NULL, not_before = NULL,
           started_at = NULL, finished_at = NULL
     WHERE run_id = ${id}::uuid AND status = 'failed' AND position = ANY(${failed}::int[])`;
  return await changeRun(ctx, run, {
    status: "running",
    reason: null,
    forgiven: 0,
    finishedAt: null,
    ended: Prisma.DbNull,
  });
});
