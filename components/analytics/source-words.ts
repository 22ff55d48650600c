import { sourceLine } from "@/components/charts/source-lines";
import type { Span } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";

/** What is not any tenant's. */
export const unattributed =
  "Unattributed is what no tenant owns: the server's own processes and backends too short to be seen.";

const readFrom = {
  raw: "Read from the samples as they were measured.",
  minute: "Read from what was rolled up by the minute.",
  hour: "Read from what was rolled up by the hour.",
  day: "Read from what was rolled up by the day.",
} as const;

/** How long a step is. */
export function stepWords({ stepSeconds }: Span): string {
  if (stepSeconds < 3600) return `${Math.round(stepSeconds / 60) || 1} min`;
  if (stepSeconds < 86_000) return `${Math.round(stepSeconds / 3600)} h`;
  const days = Math.round(stepSeconds / 86_400);
  return days === 1 ? "1 day" : `${days} days`;
}

/** How the figures of a chart came to be: by what they were measured, and from what they were read. */
export function sourceWords(metric: Metric, sources: readonly string[], span: Span): string[] {
  const measured = sources.length === 0 ? [sourceLine(metric, null)] : sources.map((each) => sourceLine(metric, each));
  return [...measured, meansWords(span)];
}

/** What a point of a chart is. */
export function meansWords(span: Span): string {
  return `A point is the mean of a step of ${stepWords(span)}; a gap is time for which nothing is known. ${readFrom[span.level]}`;
}
