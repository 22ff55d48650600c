import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { scopeShape } from "@/lib/kernel/scope";
import { replanRunContract, type SettledOptions } from "./contract";
import { lockRun, ownAction } from "./find-run";
import { planAgain } from "./plan";
import { selectionStored } from "./selection";
import { runViewOf } from "./view";

export const replanRun = operation(replanRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  const action = ownAction(ctx.actor, run);
  if (run.status !== "planned" && run.status !== "awaiting_second")
    throw new AppError("conflict", `Only a plan can be made anew; this run is ${run.status}.`);
  ctx.note.before = { digest: run.digest };
  await planAgain(ctx, id, {
    action,
    input: action.input.parse(run.input),
    options: run.options as SettledOptions,
    selection: selectionStored.parse(run.selection),
    note: run.note,
    scope: scopeShape.parse(run.scope),
  });
  return await runViewOf(ctx.db, id);
});
