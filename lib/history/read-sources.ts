import { type Metric, metricNames } from "@/lib/kernel/metrics";
import type { Reading } from "@/lib/platform/quick-db";

/** What the numbers of source sets stand for: of each metric, by what it was measured (several with a + between). */
export type SourceSets = Map<number, Record<string, string>>;

/** Every source set: there are few. */
export async function readSources(db: Reading): Promise<SourceSets> {
  const rows = await db.$queryRaw<{ id: number; sources: Record<string, string> }[]>`
    SELECT id, sources FROM usage_source_sets`;
  return new Map(rows.map(({ id, sources }) => [id, sources]));
}

/** The sources of a metric in some sets. */
export function sourcesIn(sets: SourceSets, numbers: Iterable<number>, metric: string): string[] {
  const found = new Set<string>();
  for (const number of numbers) for (const one of sets.get(number)?.[metric]?.split("+") ?? []) found.add(one);
  return [...found].sort();
}

/** The metrics that were ever measured: the others need not be asked for. */
export function measuredIn(sets: SourceSets, among: readonly Metric[] = metricNames): Metric[] {
  const known = new Set([...sets.values()].flatMap((sources) => Object.keys(sources)));
  return among.filter((metric) => known.has(metric));
}
