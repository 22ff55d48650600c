import type { Points } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import type { Reading } from "@/lib/platform/quick-db";
import { hourMs, hourOfWeek, opens, spreadThatCounts, type Watched, watchedNames } from "./usual";

/** The edges of what is usual, a point a step. */
export type Band = { low: Points; high: Points };

/**
 * What is usual for a tenant from `from` to before `to` (Unix milliseconds), a point each `stepMs`: what lies between is
 * never called an anomaly. Metrics that are not watched, or of which too little is known, are left out.
 */
export async function baselineOf(
  db: Reading,
  tenantId: string,
  metrics: readonly Metric[],
  from: number,
  to: number,
  stepMs: number,
): Promise<Partial<Record<Metric, Band>>> {
  const asked = watchedNames.filter((metric) => metrics.includes(metric));
  // As JSON: lists of the ORM can't hold the nulls.
  const rows = await db.$queryRaw<({ metric: Watched } & Hours)[]>`
    SELECT metric, to_jsonb(median) AS median, to_jsonb(spread) AS spread FROM usage_baselines
     WHERE tenant_id = ${tenantId}::uuid AND metric = ANY(${asked}) AND cardinality(median) > 0`;
  const bands = rows.map(({ metric, ...usual }) => [metric, bandOf(metric, usual, from, to, stepMs)]);
  return Object.fromEntries(bands) as Partial<Record<Metric, Band>>;
}

type Hours = { median: (number | null)[]; spread: (number | null)[] };

/** The band of one metric: each step's edges are the means of those of its hours. */
export function bandOf(metric: Watched, usual: Hours, from: number, to: number, stepMs: number): Band {
  const edges = usual.median.map((centre, hour) => edgesOf(metric, centre, usual.spread[hour] ?? null));
  const band: Band = { low: [], high: [] };
  for (let at = from; at < to; at += stepMs) {
    const hours = Math.min(168, Math.max(1, Math.round(stepMs / hourMs)));
    const within = Array.from({ length: hours }, (_, n) => edges[hourOfWeek(at + n * hourMs)] ?? null);
    const known = within.filter((edge) => edge !== null);
    const meanOf = (side: "low" | "high") => known.reduce((sum, edge) => sum + edge[side], 0) / known.length;
    band.low.push([at, known.length > 0 ? meanOf("low") : null]);
    band.high.push([at, known.length > 0 ? meanOf("high") : null]);
  }
  return band;
}

/** Nothing that is watched can be below 0. */
function edgesOf(metric: Watched, centre: number | null, spread: number | null): { low: number; high: number } | null {
  if (centre === null || spread === null) return null;
  const reach = opens * spreadThatCounts(metric, centre, spread);
  return { low: Math.max(0, centre - reach), high: centre + reach };
}
