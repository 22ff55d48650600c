import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import type { Reading } from "@/lib/platform/quick-db";
import { join, type Row } from "./cells";
import { type Part, partsOf, rowsOfParts, stepAt, stepSql, wholePart } from "./parts";
import { type LastKnown, readLast } from "./read-last";
import { readRaw } from "./read-raw";
import { measuredIn, readSources, sourcesIn } from "./read-sources";
import type { Frame } from "./span";

/** What is known of some tenants over a frame, by tenant and metric; what is wholly unknown is missing. */
export type Series = Map<string, Map<Metric, Row>>;

/**
 * Series of some metrics of a few tenants. With `tail`, what a level has not closed yet is read from the finer ones,
 * and the newest minutes as they were measured, so that the series go up to now.
 */
export async function readSeries(
  db: Reading,
  tenants: readonly string[],
  metrics: readonly Metric[],
  frame: Frame,
  tail: boolean,
): Promise<Series> {
  const { parts, rawFrom } = tail ? partsOf(frame) : { parts: wholePart(frame), rawFrom: frame.to };
  const series: Series = new Map();
  await readRolled(db, series, tenants, metrics, frame, parts);
  if (rawFrom < frame.to) await addRaw(db, series, tenants, metrics, frame, rawFrom);
  await addLast(db, series, frame, parts);
  return series;
}

/** `cells`: of each step its begin, then of each metric its mean, milliseconds known, lowest and highest value. */
type RolledRow = { tenant: string; sets: string; cells: string };

async function readRolled(
  db: Reading,
  series: Series,
  tenants: readonly string[],
  asked: readonly Metric[],
  frame: Frame,
  parts: readonly Part[],
): Promise<void> {
  const sets = await readSources(db);
  const metrics = measuredIn(sets, asked);
  if (parts.length === 0 || tenants.length === 0 || metrics.length === 0) return;
  for (const { tenant, sets: numbers, cells } of await rolledRows(db, tenants, metrics, frame, parts)) {
    const used = new Set(numbers.split(",").map(Number));
    const steps = JSON.parse(cells) as (number | null)[][];
    metrics.forEach((metric, index) => {
      const row = rowOf(series, tenant, metric, frame);
      const first = 1 + 4 * index;
      for (const step of steps) {
        const [mean, ms, min, max] = [step[first], step[first + 1], step[first + 2], step[first + 3]];
        if (mean == null || ms == null || min == null || max == null) continue;
        const at = stepAt(frame, step[0] ?? 0);
        row.cells[at] = join(row.cells[at], { mean, ms, min, max });
      }
      for (const source of sourcesIn(sets, used, metric)) row.sources.add(source);
    });
  }
}

async function rolledRows(
  db: Reading,
  tenants: readonly string[],
  metrics: readonly Metric[],
  frame: Frame,
  parts: readonly Part[],
): Promise<RolledRow[]> {
  const names = metrics.map(columnOf);
  const columns = names.flatMap((name) => ["sum", "ms", "min", "max"].map((what) => `${name}_${what}`));
  const read = Prisma.raw(["tenant_id, at, source_set", ...columns].join(", "));
  const line = names.map(
    (name) =>
      `(sum(${name}_sum) / nullif(sum(${name}_ms), 0))::real, sum(${name}_ms), min(${name}_min), max(${name}_max)`,
  );
  return await db.$queryRaw<RolledRow[]>`
    SELECT tenant_id::text AS tenant, string_agg(sets, ',') AS sets, json_agg(line)::text AS cells
      FROM (SELECT tenant_id, string_agg(source_set::text, ',') AS sets,
                   json_build_array(extract(epoch FROM step) * 1000, ${Prisma.raw(line.join(", "))}) AS line
              FROM (SELECT *, ${stepSql(frame)} AS step
                      FROM ${rowsOfParts(parts, read, Prisma.sql`tenant_id = ANY(${[...tenants]}::uuid[])`)} part) u
             GROUP BY tenant_id, step) steps
     GROUP BY tenant_id`;
}

async function addRaw(
  db: Reading,
  series: Series,
  tenants: readonly string[],
  metrics: readonly Metric[],
  frame: Frame,
  from: number,
): Promise<void> {
  for (const { tenant, metric, at, cell, last, source } of await readRaw(db, tenants, metrics, from, frame.to)) {
    const row = rowOf(series, tenant, metric, frame);
    const step = stepAt(frame, at);
    row.cells[step] = join(row.cells[step], cell);
    row.last = last;
    for (const one of source.split("+")) row.sources.add(one);
  }
}

/** What was measured last is known already; of the rest the step in which it was last known is looked at. */
async function addLast(db: Reading, series: Series, frame: Frame, parts: readonly Part[]): Promise<void> {
  const asked: LastKnown[] = [];
  for (const [tenant, byMetric] of series) {
    for (const [metric, row] of byMetric) {
      const step = row.cells.findLastIndex((cell) => cell !== undefined);
      if (step < 0) byMetric.delete(metric);
      else if (row.last === null) {
        const to = frame.begins[step + 1] ?? frame.to;
        asked.push({ tenant, metric, from: frame.begins[step] ?? frame.from, to });
      }
    }
  }
  const values = await readLast(db, asked, parts);
  asked.forEach(({ tenant, metric }, index) => {
    const row = series.get(tenant)?.get(metric);
    if (row) row.last = values[index] ?? null;
  });
}

function rowOf(series: Series, tenant: string, metric: Metric, frame: Frame): Row {
  const byMetric = series.get(tenant) ?? new Map<Metric, Row>();
  series.set(tenant, byMetric);
  const row = byMetric.get(metric) ?? {
    cells: Array.from({ length: frame.begins.length }, () => undefined),
    last: null,
    sources: new Set<string>(),
  };
  byMetric.set(metric, row);
  return row;
}
