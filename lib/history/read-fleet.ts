import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { figure } from "./cells";
import { meanOf, usageTable } from "./columns";
import { stepAt } from "./parts";
import { measuredIn, readSources, sourcesIn } from "./read-sources";
import type { Points } from "./shapes";
import { before, type Frame } from "./span";

/** Metrics that can't be added up, and by what tenants' means are weighed; null: all alike. */
export const weighedBy = { latency: "requests", waitTime: "waits", cacheHit: null } as const satisfies Partial<
  Record<Metric, Metric | null>
>;

/** Whether a sum over tenants means something. */
export const isSummed = (metric: Metric): boolean => !Object.hasOwn(weighedBy, metric);

/** One metric over all tenants that match. */
export type FleetRow = {
  points: Points;
  /** Means over the period and the one before. */
  now: number | null;
  before: number | null;
  /** The highest step. */
  peak: number | null;
  sources: string[];
};

type Bucket = { at: number; sets: number } & Record<string, number | null>;

/**
 * What the tenants that match used together: for each bucket of the level the sum of their means (those unknown are
 * left out; null where none is known), for each step the mean of its buckets. Response times and cache hits are means,
 * weighed by what they are of. `which` is a condition on `tenants t`.
 */
export async function readFleet(
  db: Db,
  which: Prisma.Sql,
  asked: readonly Metric[],
  frame: Frame,
): Promise<Map<Metric, FleetRow>> {
  const sets = await readSources(db);
  const metrics = measuredIn(sets, asked);
  if (metrics.length === 0 || frame.level === "raw") return new Map();
  const parts = metrics.flatMap(aggregatesOf);
  const rows = await db.$queryRaw<Bucket[]>`
    SELECT extract(epoch FROM at)::float8 * 1000 AS at, source_set AS sets, ${Prisma.raw(parts.join(", "))}
      FROM ${usageTable("tenant", frame.level)}
     WHERE at >= ${new Date(before(frame).from)} AND at < ${new Date(frame.to)}
       AND tenant_id IN (SELECT t.id FROM tenants t WHERE ${which})
     GROUP BY at, source_set ORDER BY at`;
  return new Map(
    metrics.map((metric) => {
      const used = rows.filter((row) => row.at >= frame.from && row[`${columnOf(metric)}_top`] !== null);
      const sources = sourcesIn(sets, new Set(used.map((row) => row.sets)), metric);
      return [metric, { ...fleetRow(bucketsOf(rows, metric), frame), sources }];
    }),
  );
}

/** `_top` over `_under` is a bucket's value; of sums only `_top` is needed. */
function aggregatesOf(metric: Metric): string[] {
  const [name, mean] = [columnOf(metric), meanOf(metric)];
  const by = metric in weighedBy ? weighedBy[metric as keyof typeof weighedBy] : undefined;
  if (by === undefined) return [`sum(${mean}) AS ${name}_top`];
  if (by === null) return [`sum(${mean}) AS ${name}_top`, `count(${mean})::float8 AS ${name}_under`];
  const weight = `${columnOf(by)}_sum`;
  return [`sum(${mean} * ${weight}) AS ${name}_top`, `sum(${weight}) FILTER (WHERE ${name}_ms > 0) AS ${name}_under`];
}

type Value = { at: number; top: number; under: number };

/** The buckets of a metric in time order, tenants of unlike sources put together. */
function bucketsOf(rows: readonly Bucket[], metric: Metric): Value[] {
  const [top, under] = [`${columnOf(metric)}_top`, `${columnOf(metric)}_under`];
  const found = new Map<number, Value>();
  for (const row of rows) {
    const value = row[top];
    if (typeof value !== "number") continue;
    const known = found.get(row.at) ?? { at: row.at, top: 0, under: isSummed(metric) ? 1 : 0 };
    known.top += value;
    if (!isSummed(metric)) known.under += row[under] ?? 0;
    found.set(row.at, known);
  }
  return [...found.values()];
}

function fleetRow(buckets: readonly Value[], frame: Frame): Omit<FleetRow, "sources"> {
  const steps: Value[][] = frame.begins.map(() => []);
  for (const bucket of buckets) if (bucket.at >= frame.from) steps[stepAt(frame, bucket.at)]?.push(bucket);
  const points = frame.begins.map((at, step): [number, number | null] => [at, together(steps[step] ?? [])]);
  const known = points.flatMap(([, value]) => value ?? []);
  return {
    points,
    now: together(buckets.filter(({ at }) => at >= frame.from)),
    before: together(buckets.filter(({ at }) => at < frame.from)),
    peak: known.length > 0 ? Math.max(...known) : null,
  };
}

function together(buckets: readonly Value[]): number | null {
  const under = buckets.reduce((sum, one) => sum + one.under, 0);
  return under > 0 ? figure(buckets.reduce((sum, one) => sum + one.top, 0) / under) : null;
}
