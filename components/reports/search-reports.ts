import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { ReportStatus } from "@/lib/reports/shapes";

/** How many reports a page of the list holds. */
export const reportsPage = 50;

/** The parts of the page. */
export const views = ["made", "schedules", "lake"] as const;

/** The ways to narrow the list by what became of a report. */
export const stages = {
  all: { label: "All", statuses: [] },
  open: { label: "Being made", statuses: ["waiting", "running"] },
  done: { label: "Done", statuses: ["done"] },
  failed: { label: "Failed", statuses: ["failed"] },
  cancelled: { label: "Cancelled", statuses: ["cancelled"] },
} as const satisfies Record<string, { label: string; statuses: readonly ReportStatus[] }>;

export const stageNames = Object.keys(stages) as (keyof typeof stages)[];

/** The page's part, the list's filter and the report that was just asked for, as they stand in the address. */
export const searchReports = {
  view: parseAsStringLiteral(views).withDefault("made"),
  stage: parseAsStringLiteral(stageNames).withDefault("all"),
  kind: parseAsArrayOf(parseAsString).withDefault([]),
  made: parseAsString,
};

/** The list's filter as the operation's input; what a person may have typed into the address is put within bounds. */
export function reportsInput({ stage, kind }: Pick<inferParserType<typeof searchReports>, "stage" | "kind">) {
  return { status: [...stages[stage].statuses], kind: kind.map((name) => name.slice(0, 60)), limit: reportsPage };
}
