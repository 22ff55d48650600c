import { env } from "@/lib/platform/env";
import { actions } from "./actions";

/**
 * Whether two different people have to confirm a run of this action, by the installation's settings. A name that no
 * action has may have been meant for any of them.
 */
export function needsTwo(action: string): boolean {
  return env().BULK_TWO_PERSON.includes(action) || unknownNames().length > 0;
}

/** Throws where the settings name an action that there is not: what was to be protected would not be. */
export function checkTwoPersons(): void {
  const unknown = unknownNames();
  if (unknown.length === 0) return;
  const known = actions.map(({ name }) => name).join(", ");
  throw new Error(`BULK_TWO_PERSON names ${unknown.join(", ")}, which is no bulk action. There are: ${known}`);
}

function unknownNames(): string[] {
  return env().BULK_TWO_PERSON.filter((wanted) => !actions.some(({ name }) => name === wanted));
}
