import { scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { undoRunContract } from "./contract-verbs";
import { expectStatus, lockRun, type RunRow } from "./find-run";
import { ownAction } from "./own-action";
import { planRun } from "./plan";
import type { SettledOptions } from "./shapes";
import { runViewOf } from "./view";

export const undoRun = operation(undoRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  const action = ownAction(ctx.actor, run);
  checkUndoable(run, action.undo !== undefined);
  const open = await ctx.db.bulkRun.findFirst({
    where: { undoOf: id, status: { notIn: ["finished", "cancelled", "expired"] } },
  });
  if (open) throw new AppError("conflict", "This is being undone already, by another run.", { reason: "undo_open" });
  const undo = await planRun(ctx, {
    action,
    // What it takes back stands in the items: an input that this version would not take is none the less undone.
    input: run.input,
    options: run.options as SettledOptions,
    selection: { undoOf: id },
    note: "",
    // The run may have moved tenants out of its planner's reach; who reaches the run and the tenants can bring them back.
    scope: scopeOf(ctx.actor),
  });
  return await runViewOf(ctx.db, undo);
});

function checkUndoable(run: RunRow, can: boolean): void {
  if (!can) throw new AppError("conflict", "What this run did can't be taken back.");
  if (run.undoOf !== null)
    throw new AppError("conflict", "This run takes another back, and can't be undone: plan that one's action again.");
  expectStatus(run, ["paused", "finished", "cancelled"], "undone");
}
