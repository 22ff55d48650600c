import type { Action } from "./action";
import { activate } from "./actions/activate";
import { block } from "./actions/block";
import { deactivate } from "./actions/deactivate";
import { deleteAction } from "./actions/delete";
import { migrate } from "./actions/migrate";
import { purge } from "./actions/purge";
import { restoreAction } from "./actions/restore";
import { rollback } from "./actions/rollback";
import { seed } from "./actions/seed";
import { setPlan } from "./actions/set-plan";
import { suspend } from "./actions/suspend";
import { tag } from "./actions/tag";

/** Every action, in the order in which people choose them. */
export const actions: readonly Action[] = [
  activate,
  deactivate,
  suspend,
  block,
  migrate,
  rollback,
  seed,
  setPlan,
  tag,
  deleteAction,
  restoreAction,
  purge,
];

/** The action of a name, if there is one. */
export function findAction(name: string): Action | undefined {
  return actions.find((action) => action.name === name);
}
