import { anomaliesOf } from "@/lib/forecast/anomalies-of";
import { baselineOf } from "@/lib/forecast/usual-points";
import { pointsOf } from "@/lib/history/cells";
import type { Points } from "@/lib/history/shapes";
import type { Frame } from "@/lib/history/span";
import type { Metric } from "@/lib/kernel/metrics";
import type { Reading } from "@/lib/platform/quick-db";
import type { TenantHistory } from "./shapes";

/** What is usual for a tenant at a frame's steps, and what was out of the ordinary within it. */
export async function usualOf(
  db: Reading,
  tenant: string,
  metrics: readonly Metric[],
  { from, to, step, begins }: Frame,
): Promise<Pick<TenantHistory, "baseline" | "anomalies">> {
  const bands = await baselineOf(db, tenant, metrics, from, to, step.ms);
  const anomalies = await anomaliesOf(db, tenant, from, to);
  // Days of a zone are now and then an hour longer: step by step it is the same band.
  const atSteps = (points: Points) => pointsOf(begins, (index) => points[index]?.[1]);
  const baseline = Object.entries(bands).map(([metric, { low, high }]) => [
    metric,
    { low: atSteps(low), high: atSteps(high) },
  ]);
  return {
    baseline: Object.fromEntries(baseline),
    anomalies: anomalies.filter(({ metric }) => metrics.includes(metric)),
  };
}
