import { refuse } from "@/lib/gate/access";
import type { Actor } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import type { Action } from "./action";
import { findAction } from "./actions";
import type { RunRow } from "./find-run";

/** The run's action. Who works on a run needs its permission as who planned it did. */
export function ownAction(actor: Actor, run: RunRow): Action {
  const action = findAction(run.action);
  if (!action) throw new AppError("conflict", `This version of Tenantry has no action ${run.action}.`);
  const refusal = refuse({ access: action.permission, summary: action.summary, scoped: true }, actor);
  if (refusal) throw refusal;
  return action;
}
