import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { RunStatus } from "@/lib/bulk/shapes";

/** How many runs a page of the history holds. */
export const runsPage = 50;

/** The ways to narrow the history, each a few statuses. */
export const stages = {
  all: { label: "All", statuses: [] },
  waiting: { label: "To confirm", statuses: ["planned", "awaiting_second"] },
  moving: { label: "Running", statuses: ["running", "cancelling"] },
  paused: { label: "Paused", statuses: ["paused"] },
  finished: { label: "Finished", statuses: ["finished"] },
  dropped: { label: "Cancelled", statuses: ["cancelled", "expired"] },
} as const satisfies Record<string, { label: string; statuses: readonly RunStatus[] }>;

export const stageNames = Object.keys(stages) as (keyof typeof stages)[];

/** The history's filter, as it stands in the address. */
export const searchRuns = {
  stage: parseAsStringLiteral(stageNames).withDefault("all"),
  action: parseAsArrayOf(parseAsString).withDefault([]),
};

/** The filter as the operation's input. */
export function runsInput({ stage, action }: inferParserType<typeof searchRuns>) {
  return { status: [...stages[stage].statuses], action: action.map((name) => name.slice(0, 40)), limit: runsPage };
}
