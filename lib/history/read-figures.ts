import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { coveringParts, rowsOfParts } from "./parts";
import { measuredIn, readSources } from "./read-sources";
import { before, type Frame } from "./span";

/** One metric of many tenants, a value each in the order of `ids`; null where nothing is known. */
export type Figures = {
  mean: (number | null)[];
  max: (number | null)[];
  /** Milliseconds for which it is known. */
  ms: (number | null)[];
  /** The mean of the period before. */
  before: (number | null)[];
};

/** Figures of every tenant of which anything is known; a metric is missing where it was never measured. */
export type TenantFigures = {
  ids: string[];
  /** Of whom anything is known in the period itself, of metrics that were not asked for too. */
  known: boolean[];
  of: Map<Metric, Figures>;
};

type Line = { ids: string[] | null; known: boolean[] | null } & Record<string, unknown[] | null>;

/**
 * What each tenant that matches used over a frame, and over the period before: one pass over as few rows as tell it, and one row as
 * the answer, since ten thousand would take longer to hand over than to find. `which` is a condition on `tenants t`.
 */
export async function readFigures(
  db: Db,
  which: Prisma.Sql,
  asked: readonly Metric[],
  frame: Frame,
  withBefore = true,
): Promise<TenantFigures> {
  const sources = await readSources(db);
  if (sources.size === 0 || frame.level === "raw") return { ids: [], known: [], of: new Map() };
  const metrics = measuredIn(sources, asked);
  const parts = coveringParts(frame, frame.from, frame.to);
  const earlier = withBefore ? coveringParts(frame, before(frame).from, frame.from) : [];
  const read = [
    "tenant_id",
    "at",
    ...metrics.map(columnOf).flatMap((name) => [`${name}_sum`, `${name}_ms`, `${name}_max`]),
  ];
  const within = Prisma.sql`tenant_id IN (SELECT t.id FROM tenants t WHERE ${which})`;
  const now = "FILTER (WHERE NOT earlier)";
  const perPeriod = metrics
    .map(columnOf)
    .map((name) => `sum(${name}_sum) AS ${name}_sum, sum(${name}_ms) AS ${name}_ms, max(${name}_max) AS ${name}_max`);
  // At most one row of each period is left by then: any aggregate gives its value.
  const aside = metrics.map(columnOf).map((name) => {
    const mean = `(${name}_sum / nullif(${name}_ms, 0))::real`;
    return `max(${mean}) ${now} AS ${name}_mean, max(${name}_max) ${now} AS ${name}_max, max(${name}_ms) ${now} AS ${name}_ms,
      max(${mean}) FILTER (WHERE earlier) AS ${name}_before`;
  });
  const columns = metrics
    .map(columnOf)
    .flatMap((name) => ["mean", "max", "ms", "before"].map((one) => `${name}_${one}`));
  const and = (parts: string[]) => Prisma.raw(parts.map((part) => `, ${part}`).join(""));
  const [line] = await db.$queryRaw<Line[]>`
    SELECT json_agg(tenant_id) AS ids, json_agg(known) AS known${and(columns.map((one) => `json_agg(${one}) AS ${one}`))}
      FROM (SELECT tenant_id, bool_or(NOT earlier) AS known${and(aside)}
              FROM (SELECT tenant_id, at < ${new Date(frame.from)} AS earlier${and(perPeriod)}
                      FROM ${rowsOfParts([...earlier, ...parts], Prisma.raw(read.join(", ")), within)} part
                     GROUP BY 1, 2) periods
             GROUP BY tenant_id) figures`;
  const list = (name: string) => (line?.[name] ?? []) as (number | null)[];
  const of = metrics.map((metric): [Metric, Figures] => {
    const name = columnOf(metric);
    const [mean, max, ms, past] = ["mean", "max", "ms", "before"].map((one) => list(`${name}_${one}`));
    return [metric, { mean: mean ?? [], max: max ?? [], ms: ms ?? [], before: past ?? [] }];
  });
  return { ids: line?.ids ?? [], known: line?.known ?? [], of: new Map(of) };
}
