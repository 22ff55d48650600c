import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { scopeShape } from "@/lib/kernel/scope";
import type { Action } from "./action";
import { replanRunContract } from "./contract-verbs";
import { lockRun, type RunRow } from "./find-run";
import { ownAction } from "./own-action";
import { planAgain } from "./plan";
import { selectionStored } from "./selection";
import type { SettledOptions } from "./shapes";
import { runViewOf } from "./view";

export const replanRun = operation(replanRunContract, async (ctx, { id }) => {
  const run = await lockRun(ctx, id);
  const action = ownAction(ctx.actor, run);
  if (run.status !== "planned" && run.status !== "awaiting_second")
    throw new AppError("conflict", `Only a plan can be made anew; this run is ${run.status}.`);
  ctx.note.before = { digest: run.digest };
  await planAgain(ctx, id, {
    action,
    input: inputOf(action, run),
    options: run.options as SettledOptions,
    selection: selectionStored.parse(run.selection),
    note: run.note,
    scope: scopeShape.parse(run.scope),
  });
  return await runViewOf(ctx.db, id);
});

/** What was asked for, as far as this version still takes it; an undo has what it needs in its items. */
function inputOf({ input, title }: Action, run: RunRow): unknown {
  if (run.undoOf !== null) return run.input;
  const parsed = input.safeParse(run.input);
  if (parsed.success) return parsed.data;
  const words = `What this plan asks of "${title}" can't be asked any more: ${parsed.error.issues[0]?.message}`;
  throw new AppError("conflict", words, { reason: "input_outdated" });
}
