import type { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import type { Points } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import type { AnswerOf } from "./fleet-facts";

type Measured = Pick<AnswerOf<typeof showAnalyticsOverview>, "span" | "series">;

/** Times in which nothing at all was measured, Unix milliseconds. */
export type Gap = { from: number; to: number };

/** The steps of an answer, and whether anything is known in each. */
function stepsOf({ span, series }: Measured): { at: number; known: boolean }[] {
  const lists = Object.values(series as Partial<Record<Metric, Points>>);
  const [first] = lists;
  const until = Date.parse(span.asOf ?? span.from);
  return (first ?? [])
    .map(([at], step) => ({ at, known: lists.some((points) => (points[step]?.[1] ?? null) !== null) }))
    .filter(({ at }) => at < until);
}

/** Which part of the period anything is known in, 0 to 1; null where nothing was ever measured. */
export function measuredPart(answer: Measured): number | null {
  const steps = stepsOf(answer);
  return steps.length === 0 ? null : steps.filter(({ known }) => known).length / steps.length;
}

/** When nothing was measured, in whole steps. */
export function gapsOf(answer: Measured): Gap[] {
  const steps = stepsOf(answer);
  const end = Math.min(Date.parse(answer.span.to), Date.parse(answer.span.asOf ?? answer.span.to));
  const gaps: Gap[] = [];
  steps.forEach(({ at, known }, index) => {
    if (known) return;
    const to = steps[index + 1]?.at ?? end;
    const last = gaps.at(-1);
    if (last?.to === at) last.to = to;
    else gaps.push({ from: at, to });
  });
  return gaps;
}
