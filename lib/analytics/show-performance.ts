import type { Ctx } from "@/lib/gate/context";
import { fleetOperation } from "@/lib/gate/fleet-operation";
import { readFigures, type TenantFigures } from "@/lib/history/read-figures";
import { readFleet } from "@/lib/history/read-fleet";
import { readSeries } from "@/lib/history/read-series";
import { type Frame, spanView } from "@/lib/history/span";
import { analyticsPerformanceContract } from "./contract";
import { overOf } from "./over";
import { fleetQuestion, namesOf } from "./question";
import { performanceMetrics } from "./shapes";
import { distributionOf, highest } from "./spread";

type Name = (typeof performanceMetrics)[number];

/** How fast tenants were served. */
export const showPerformance = fleetOperation(analyticsPerformanceContract, async (ctx, input) => {
  const { which, frame } = await fleetQuestion(ctx, input);
  const fleet = await readFleet(ctx.db, which, performanceMetrics, frame);
  const figures = await readFigures(ctx.db, which, performanceMetrics, frame);
  const known = performanceMetrics.filter((metric) => figures.of.has(metric));
  const worst: Awaited<ReturnType<typeof worstOf>>[] = [];
  for (const metric of known) worst.push(await worstOf(ctx, figures, metric, input.top, frame));
  return {
    span: spanView(frame),
    series: Object.fromEntries([...fleet].map(([metric, { points }]) => [metric, points])),
    worst: Object.fromEntries(known.map((metric, index) => [metric, worst[index] ?? []])),
    distributions: Object.fromEntries(
      known.map((metric) => [metric, distributionOf(figures.of.get(metric)?.mean ?? [])]),
    ),
  };
});

/**
 * The tenants that had it worst. Of cache hits few are bad; of the others none at all is not bad. A response time is a
 * tenant's own also where its requests are unknown: it is told here, though it can't be weighed into the fleet's.
 */
async function worstOf(ctx: Ctx, { ids, of }: TenantFigures, metric: Name, top: number, frame: Frame) {
  const { mean, before } = of.get(metric) ?? { mean: [], before: [] };
  const lowest = metric === "cacheHit";
  const places = highest(mean, top, lowest).filter((place) => lowest || (mean[place] ?? 0) > 0);
  const chosen = places.map((place) => ids[place] ?? "");
  const series = await readSeries(ctx.db, chosen, [metric], frame, false);
  const names = await namesOf(ctx, chosen);
  return chosen.flatMap((id, index) => {
    const tenant = names.get(id);
    const past = before[places[index] ?? -1] ?? null;
    return tenant ? [{ tenant, over: overOf(series.get(id)?.get(metric), frame), before: past }] : [];
  });
}
