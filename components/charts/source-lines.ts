import { type Metric, metrics, sources } from "@/lib/kernel/metrics";

/** How a metric was measured, in a sentence, from the name of its source. */
export function sourceLine(metric: Metric, source: string | null | undefined): string {
  const { label, unit } = metrics[metric];
  if (source == null) return `${label} (${unit}): not measured yet.`;
  const text = Object.hasOwn(sources, source) ? sources[source as keyof typeof sources] : source;
  return `${label} (${unit}): ${text}.`;
}
