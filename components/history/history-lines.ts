import type { Band, ChartMark, ChartSeries } from "@/components/charts/chart-series";
import { inWords, showMetric } from "@/components/ui/format";
import type { TenantHistory } from "@/lib/analytics/shapes";
import { type Metric, metricNames, metrics, type Source, sources } from "@/lib/kernel/metrics";

const colors: Record<Metric, ChartSeries["color"]> = {
  cpu: "--s-blue",
  memory: "--s-purple",
  buffers: "--s-orange",
  storage: "--s-green",
  requests: "--s-blue",
  transactions: "--s-orange",
  connections: "--s-sky",
  cacheHit: "--s-green",
  latency: "--s-blue",
  pooled: "--s-orange",
  waits: "--s-orange",
  waitTime: "--s-purple",
  errors: "--s-brick",
  appCpu: "--s-blue",
  appMemory: "--s-purple",
};

/** The metrics of which anything is known in the period, and the others. */
export function measured({ series }: Pick<TenantHistory, "series">): { known: Metric[]; unknown: Metric[] } {
  const known = metricNames.filter((metric) => series[metric]?.avg.some(([, value]) => value !== null));
  return { known, unknown: metricNames.filter((metric) => !known.includes(metric)) };
}

/** A metric's line with lowest and highest behind it, and what is usual. */
export function lineOf(
  metric: Metric,
  { series, baseline }: Pick<TenantHistory, "series" | "baseline">,
  { range, usual }: { range: boolean; usual: boolean },
): ChartSeries {
  const own = series[metric];
  const expected: Band | undefined = baseline[metric];
  return {
    key: metric,
    label: metrics[metric].label,
    color: colors[metric],
    points: own?.avg ?? [],
    ...(range && own && differ(own) && { band: { low: own.min, high: own.max } }),
    ...(usual && expected && { usual: expected }),
  };
}

// Where every value stood alone in its step, a band would only be the line again.
function differ({ min, max }: { min: Band["low"]; max: Band["high"] }): boolean {
  return min.some(([, low], index) => low !== (max[index]?.[1] ?? null));
}

/** What was out of the ordinary, in words. */
export function anomalyWords({ metric, direction, peak, expected }: TenantHistory["anomalies"][number]): string {
  const show = (value: number) => inWords(showMetric(metric, value));
  const way = direction === "high" ? "above" : "below";
  return `${metrics[metric].label} far ${way} what is usual: ${show(peak)}, where ${show(expected)} was expected`;
}

/** A metric's anomalies as shaded stretches. */
export function marksOf(metric: Metric, { anomalies }: Pick<TenantHistory, "anomalies">): ChartMark[] {
  return anomalies
    .filter((anomaly) => anomaly.metric === metric)
    .map((anomaly) => ({
      from: Date.parse(anomaly.from),
      to: anomaly.to === null ? null : Date.parse(anomaly.to),
      label: anomalyWords(anomaly),
    }));
}

/** How a metric was measured in the period, a sentence each; sources that met in one step are joined with "+". */
export function sourceLines(metric: Metric, names: readonly string[]): string[] {
  const { label, unit } = metrics[metric];
  const single = [...new Set(names.flatMap((name) => name.split("+")))];
  if (single.length === 0) return [`${label} (${unit}): not measured in this period.`];
  return single.map((name) => `${label} (${unit}): ${Object.hasOwn(sources, name) ? sources[name as Source] : name}.`);
}
