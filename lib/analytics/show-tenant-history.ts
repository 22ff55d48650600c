import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { keptFor } from "@/lib/gate/fleet-operation";
import { readFew } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { figure } from "@/lib/history/cells";
import { readBefore } from "@/lib/history/read-means";
import { readSeries } from "@/lib/history/read-series";
import type { TenantName } from "@/lib/history/shapes";
import { spanOf, spanView } from "@/lib/history/span";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { annotationsOf, mayRead } from "./annotations";
import { analyticsTenantContract } from "./contract";
import { overOf, seriesView } from "./over";
import { reachable, stateAt } from "./question";
import { ranksOf } from "./ranks";
import { usualOf } from "./usual";

type Input = z.output<typeof analyticsTenantContract.input>;

/** A chart of one tenant goes up to now, so an answer is soon too old. */
const keeping = { least: 5000, most: 60_000, stale: 10_000 };

/** One tenant's history. */
export const showTenantHistory = operation(analyticsTenantContract, async (ctx, input) => {
  // Asked each time, so that nobody is given a tenant's answer after losing sight of it.
  const [tenant] = await reachable(ctx, [input.id]);
  const question = { ...input, tenant, activities: mayRead(ctx.actor) };
  return await keptFor(analyticsTenantContract, ctx, question, () => historyOf(ctx, input, tenant), keeping);
});

async function historyOf(ctx: Ctx, input: Input, tenant: TenantName | undefined) {
  if (!tenant) throw new Error("a tenant within reach is meant");
  const { id } = tenant;
  const asked = input.metric.length > 0 ? [...new Set(input.metric)] : metricNames;
  const now = ctx.now();
  const frame = spanOf(input, now, await stateAt(ctx.now), { tenants: 1, tail: true });
  const [ranks, { series, before, usual, annotations }] = await Promise.all([
    ranksOf(ctx, input, id, asked),
    readFew(async (db) => ({
      series: await readSeries(db, [id], asked, frame, true),
      before: await readBefore(db, [id], asked, frame),
      usual: await usualOf(db, id, asked, frame),
      annotations: await annotationsOf(db, ctx.actor, id, frame),
    })),
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
    tenant,
    series: Object.fromEntries(known.map(([metric, row]) => [metric, seriesView(row, frame)])),
    totals: Object.fromEntries(totals) as Partial<Record<Metric, (typeof totals)[number][1]>>,
    ...usual,
    annotations,
  };
}
