import { fleetOperation } from "@/lib/gate/fleet-operation";
import { refused } from "@/lib/history/asked";
import { figure } from "@/lib/history/cells";
import { readFigures, type TenantFigures } from "@/lib/history/read-figures";
import { readSeries } from "@/lib/history/read-series";
import { spanView } from "@/lib/history/span";
import type { Metric } from "@/lib/kernel/metrics";
import { analyticsHeatmapContract } from "./contract";
import { fleetQuestion, namesOf } from "./question";
import { highest } from "./spread";

const mostColumns = 200;

/** Tenants by time. */
export const showHeatmap = fleetOperation(analyticsHeatmapContract, async (ctx, input) => {
  const width = Math.min(input.width, 2 * mostColumns);
  const { which, tenants, frame } = await fleetQuestion(ctx, { ...input, width });
  if (frame.begins.length > mostColumns)
    throw refused({ granularity: `That makes more than ${mostColumns} columns. Choose a coarser one, or auto.` });
  const { metric, sort, top } = input;
  const figures = await readFigures(ctx.db, which, [metric], frame, false);
  const ids = sort === "name" ? await byName() : ranked(figures, metric, sort, top);
  const series = await readSeries(ctx.db, ids, [metric], frame, false);
  const names = await namesOf(ctx, ids);
  const rows = ids.flatMap((id) => {
    const tenant = names.get(id);
    if (!tenant) return [];
    const cells = series.get(id)?.get(metric)?.cells ?? [];
    const values = frame.begins.map((_, step) => rounded(cells[step]?.mean));
    const index = figures.ids.indexOf(id);
    const { mean, max } = figures.of.get(metric) ?? { mean: [], max: [] };
    return [{ tenant, mean: mean[index] ?? null, peak: max[index] ?? null, values }];
  });
  const known = rows.map(({ values }) => values.reduce<number | null>((most, value) => higher(most, value), null));
  return {
    span: spanView(frame),
    metric,
    columns: frame.begins,
    rows,
    highest: known.reduce<number | null>((most, value) => higher(most, value), null),
    tenants,
  };

  async function byName(): Promise<string[]> {
    const found = await ctx.db.$queryRaw<{ id: string }[]>`
      SELECT t.id::text AS id FROM tenants t WHERE ${which} ORDER BY lower(t.name), t.id LIMIT ${top}`;
    return found.map(({ id }) => id);
  }
});

function ranked({ ids, of }: TenantFigures, metric: Metric, sort: "mean" | "peak", top: number): string[] {
  const values = (sort === "mean" ? of.get(metric)?.mean : of.get(metric)?.max) ?? [];
  return highest(values, top).map((index) => ids[index] ?? "");
}

const rounded = (value: number | undefined): number | null => (value === undefined ? null : figure(value));

function higher(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.max(one, other);
}
