import { env } from "@/lib/platform/env";

/** Whether two different people have to confirm a run of this action, by the installation's settings. */
export function needsTwo(action: string): boolean {
  return env().BULK_TWO_PERSON.includes(action);
}
