import { readFew } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { refused } from "@/lib/history/asked";
import { pointsOf, type Row } from "@/lib/history/cells";
import { readSeries } from "@/lib/history/read-series";
import type { Points } from "@/lib/history/shapes";
import { spanOf, spanView } from "@/lib/history/span";
import { analyticsCompareContract } from "./contract";
import { overOf } from "./over";
import { reachable, stateAt } from "./question";
import type { compareModes } from "./shapes";

/** Some tenants on one chart. */
export const compareTenants = operation(analyticsCompareContract, async (ctx, input) => {
  const ids = [...new Set(input.tenant)];
  if (ids.length < 2) throw refused({ tenant: "Choose at least two tenants." });
  const tenants = await reachable(ctx, ids);
  const now = ctx.now();
  const frame = spanOf(input, now, await stateAt(ctx.now), { tenants: ids.length, tail: true });
  const { metric, mode } = input;
  const series = await readFew((db) => readSeries(db, ids, [metric], frame, true));
  const rows = ids.map((id) => series.get(id)?.get(metric));
  const charts = drawn(rows, frame.begins, mode);
  return {
    span: spanView(frame),
    metric,
    mode,
    tenants: tenants.map((tenant, index) => ({
      tenant,
      over: overOf(rows[index], frame),
      points: charts[index] ?? [],
      sources: [...(rows[index]?.sources ?? [])].sort(),
    })),
  };
});

function drawn(rows: (Row | undefined)[], begins: number[], mode: (typeof compareModes)[number]): Points[] {
  const means = rows.map((row) => begins.map((_, step) => row?.cells[step]?.mean ?? null));
  const peaks = means.map((values) => Math.max(0, ...values.map((value) => value ?? 0)));
  const sums = begins.map((_, step) => means.reduce((sum, values) => sum + (values[step] ?? 0), 0));
  const part = (value: number, whole: number) => (whole > 0 ? (100 * value) / whole : null);
  return means.map((values, index) =>
    pointsOf(begins, (step) => {
      const value = values[step] ?? null;
      if (value === null || mode === "absolute") return value;
      return part(value, (mode === "share" ? sums[step] : peaks[index]) ?? 0);
    }),
  );
}
