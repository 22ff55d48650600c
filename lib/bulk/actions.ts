import type { Action } from "./action";
import { activate } from "./actions/activate";
import { block } from "./actions/block";
import { checkIsolation } from "./actions/check-isolation";
import { checkSchema } from "./actions/check-schema";
import { deactivate } from "./actions/deactivate";
import { deleteAction } from "./actions/delete";
import { endMaintenanceAction } from "./actions/end-maintenance";
import { exportData } from "./actions/export-data";
import { importData } from "./actions/import-data";
import { migrate } from "./actions/migrate";
import { purge } from "./actions/purge";
import { reset } from "./actions/reset";
import { restoreAction } from "./actions/restore";
import { rollback } from "./actions/rollback";
import { rotateSecretAction } from "./actions/rotate-secret";
import { seed } from "./actions/seed";
import { setLimits } from "./actions/set-limits";
import { setPlan } from "./actions/set-plan";
import { startMaintenanceAction } from "./actions/start-maintenance";
import { suspend } from "./actions/suspend";
import { tag } from "./actions/tag";
import { terminateConnections } from "./actions/terminate-connections";
import { vacuum } from "./actions/vacuum";

/** Every action, in the order in which people choose them. */
export const actions: readonly Action[] = [
  activate,
  deactivate,
  suspend,
  block,
  startMaintenanceAction,
  endMaintenanceAction,
  migrate,
  rollback,
  seed,
  setPlan,
  setLimits,
  tag,
  rotateSecretAction,
  terminateConnections,
  vacuum,
  exportData,
  importData,
  checkIsolation,
  checkSchema,
  reset,
  deleteAction,
  restoreAction,
  purge,
];

/** The action of a name, if there is one. */
export function findAction(name: string): Action | undefined {
  return actions.find((action) => action.name === name);
}
