import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { findAction } from "./actions";
import { changeRun } from "./change-run";
import { resumeRunContract } from "./contract-verbs";
import { expectStatus, lockRun } from "./find-run";
import { refuseChanged } from "./retry-rules";

export const resumeRun = operation(resumeRunContract, async (ctx, { id, ignoreFailures }) => {
  const run = await lockRun(ctx, id);
  expectStatus(run, ["paused"], "resumed");
  const action = findAction(run.action);
  if (action) await refuseChanged(ctx, action, run, "pending");
  const failed = ignoreFailures ? await ctx.db.bulkItem.count({ where: { runId: id, status: "failed" } }) : undefined;
  const view = await changeRun(ctx, run, {
    ...{ status: "running", reason: null },
    ...(failed !== undefined && { forgiven: failed }),
  });
  // A canary that came to its end while the run was paused makes it wait once more; too many failures refuse.
  const { wave } = await ctx.db.bulkRun.findUniqueOrThrow({ where: { id } });
  if (view.status !== "paused" || wave > run.wave) return view;
  throw new AppError("conflict", `${view.reason} Retry what failed, or resume in spite of the failures.`, {
    reason: "budget_used_up",
  });
});
