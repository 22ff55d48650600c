import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { scopeShape } from "@/lib/kernel/scope";
import { type SettledOptions, undoRunContract } from "./contract";
import { expectStatus, lockRun, ownAction, type RunRow } from "./find-run";
import { planRun } from "./plan";
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
    input: action.input.parse(run.input),
    options: run.options as SettledOptions,
    selection: { undoOf: id },
    note: "",
    scope: scopeShape.parse(run.scope),
  });
  return await runViewOf(ctx.db, undo);
});

function checkUndoable(run: RunRow, can: boolean): void {
  if (!can) throw new AppError("conflict", "What this run did can't be taken back.");
  if (run.undoOf !== null)
    throw new AppError("conflict", "This run takes another back, and can't be undone: plan that one's action again.");
  expectStatus(run, ["paused", "finished", "cancelled"], "undone");
}
