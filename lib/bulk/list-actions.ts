import { z } from "zod";
import { refuse } from "@/lib/gate/access";
import type { Actor } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import type { Action } from "./action";
import { actions } from "./actions";
import { listActionsContract } from "./contract";
import { strictInput } from "./plan-contracts";
import type { ActionView } from "./shapes";
import { needsTwo } from "./two-persons";

export const listActions = operation(listActionsContract, async ({ actor }) => ({
  actions: actions.map((action) => actionView(action, actor)),
}));

function actionView(action: Action, actor: Actor): ActionView {
  const { name, title, summary, group, danger, permission, defaults } = action;
  const { $schema: _, ...input } = z.toJSONSchema(strictInput(action), { io: "input", unrepresentable: "any" });
  return {
    ...{ name, title, summary, group, danger, permission, defaults, input },
    allowed: refuse({ access: permission, summary, scoped: true }, actor) === undefined,
    undoable: action.undo !== undefined,
    twoPersons: needsTwo(name),
  };
}
