import type { Metric } from "@/lib/kernel/metrics";
import type { Collector, Found } from "../collector";

/**
 * What apps sent by OTLP: a tenant's newest values while they are fresh, then unknown. They are in the samples already,
 * at their own time. The tenant runtime's own figures win: see `besides` for how they are put together.
 */
export const app: Collector = () => {
  let told = new Map<string, Set<Metric>>();
  return (round) => {
    const values: Partial<Record<Metric, Found>> = {};
    const telling = new Map<string, Set<Metric>>();
    for (const { id } of round.targets) {
      const fresh = new Set<Metric>();
      for (const { metric, value, fresh: isFresh } of round.runtime.apps.get(id) ?? []) {
        find(values, metric).set(id, isFresh ? { value, source: "otlp" } : null);
        if (isFresh) fresh.add(metric);
      }
      for (const metric of told.get(id) ?? []) if (!fresh.has(metric)) find(values, metric).set(id, null);
      if (fresh.size > 0) telling.set(id, fresh);
    }
    told = telling;
    return { values };
  };
};

function find(values: Partial<Record<Metric, Found>>, metric: Metric): Found {
  const found = values[metric] ?? new Map();
  values[metric] = found;
  return found;
}

/**
 * What apps sent beside what was found otherwise: it fills what is unknown, and a zero, since the runtime goes on saying
 * zero of an app that has left it.
 */
export function besides(others: Found | undefined, sent: Found): Found {
  const both: Found = new Map(others);
  for (const [id, measure] of sent) {
    const other = both.get(id);
    if (measure ? !other?.value : other === undefined) both.set(id, measure);
  }
  return both;
}
