import type { Action } from "./action";
import { suspend } from "./actions/suspend";

/** Every action, in the order in which people choose them. */
export const actions: readonly Action[] = [suspend];

/** The action of a name, if there is one. */
export function findAction(name: string): Action | undefined {
  return actions.find((action) => action.name === name);
}
