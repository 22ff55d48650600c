import { operation } from "@/lib/gate/operation";
import { figure } from "@/lib/history/cells";
import { readBefore } from "@/lib/history/read-means";
import { readSeries } from "@/lib/history/read-series";
import { spanOf, spanView } from "@/lib/history/span";
import { readState } from "@/lib/history/state";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { findTenant } from "@/lib/tenants/find";
import { annotationsOf } from "./annotations";
import { analyticsTenantContract } from "./contract";
import { overOf, seriesView } from "./over";
import { ranksOf } from "./ranks";
import { usualOf } from "./usual";

/** One tenant's history. */
export const showTenantHistory = operation(analyticsTenantContract, async (ctx, input) => {
  const { id, slug, name, status, plan } = await findTenant(ctx, input.id);
  const asked = input.metric.length > 0 ? [...new Set(input.metric)] : metricNames;
  const now = ctx.now();
  const frame = spanOf(input, now, await readState(ctx.db, now), { tenants: 1, tail: true });
  const [series, before, ranks, usual, annotations] = await Promise.all([
    readSeries(ctx.db, [id], asked, frame, true),
    readBefore(ctx.db, [id], asked, frame),
    ranksOf(ctx, input, id, asked),
    usualOf(ctx, id, asked, frame),
    annotationsOf(ctx, id, frame),
  ]);
  const known = [...(series.get(id) ?? [])];
  const totals = asked.flatMap((metric) => {
    const row = series.get(id)?.get(metric);
    const past = before.get(id)?.get(metric);
    if (!row && past === undefined) return [];
    const rank = ranks.get(metric) ?? null;
    return [[metric, { ...overOf(row, frame), before: past === undefined ? null : figure(past), rank }] as const];
  });
  return {
    span: spanView(frame),
    tenant: { id, slug, name, status, plan },
    series: Object.fromEntries(known.map(([metric, row]) => [metric, seriesView(row, frame)])),
    totals: Object.fromEntries(totals) as Partial<Record<Metric, (typeof totals)[number][1]>>,
    ...usual,
    annotations,
  };
});
