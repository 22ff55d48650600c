import { scopeOf } from "@/lib/gate/context";
import { type AnyOperation, operation } from "@/lib/gate/operation";
import type { Action } from "./action";
import { actions } from "./actions";
import { planRun, settle } from "./plan";
import { planContract } from "./plan-contracts";
import { readSelection } from "./selection";
import { runViewOf } from "./view";

function planOperation(action: Action): AnyOperation {
  return operation(planContract(action), async (ctx, { input, options, note, ...asked }) => {
    const selection = await readSelection(ctx, asked);
    const settled = settle(options, action.defaults);
    const id = await planRun(ctx, { action, input, options: settled, selection, note, scope: scopeOf(ctx.actor) });
    return await runViewOf(ctx.db, id);
  });
}

/** The planning of every action. */
export const planOperations: readonly AnyOperation[] = actions.map(planOperation);

/** The planning operation whose path ends with a word, such as bulk-suspend. */
export function findPlanOperation(word: string): AnyOperation | undefined {
  return planOperations.find(({ contract }) => contract.path.endsWith(`/${word}`));
}
