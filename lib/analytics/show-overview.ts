import { fleetOperation } from "@/lib/gate/fleet-operation";
import { readFigures } from "@/lib/history/read-figures";
import { type FleetRow, readFleet } from "@/lib/history/read-fleet";
import { readServers } from "@/lib/history/read-servers";
import { spanView } from "@/lib/history/span";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { analyticsOverviewContract } from "./contract";
import { countLives, livesOf } from "./made-and-gone";
import { fleetQuestion, isNarrowed, namesOf } from "./question";
import { movedIds, moversOf } from "./spread";

/** Of these it is told who moved. */
const moving = ["cpu", "memory", "storage", "requests", "connections", "latency", "errors"] as const satisfies Metric[];

/** The fleet over a period. */
export const showAnalyticsOverview = fleetOperation(analyticsOverviewContract, async (ctx, input) => {
  const { which, tenants, frame } = await fleetQuestion(ctx, input);
  const fleet = await readFleet(ctx.db, which, metricNames, frame);
  const figures = await readFigures(ctx.db, which, moving, frame);
  const whole = !isNarrowed(ctx, input);
  const parts = whole ? await readServers(ctx.db, ["cpuUnattributed", "memoryUnattributed"], frame) : null;
  const lives = await livesOf(ctx, input);
  const names = await namesOf(ctx, movedIds(figures, moving, input.top));
  const each = <T>(of: (row: FleetRow) => T) =>
    Object.fromEntries([...fleet].map(([metric, row]) => [metric, of(row)]));
  const { created, deleted } = countLives(lives, frame.from, frame.to);
  return {
    span: spanView(frame),
    tenants: {
      total: tenants,
      measured: figures.known.filter((known) => known).length,
      created,
      deleted,
    },
    totals: each(({ now, before: past, peak }) => ({ now, before: past, peak })),
    series: each(({ points }) => points),
    unattributed: parts && { cpu: parts.cpuUnattributed, memory: parts.memoryUnattributed },
    movers: Object.fromEntries(
      moving
        .filter((metric) => figures.of.has(metric))
        .map((metric) => [metric, moversOf(figures, metric, input.top, names)]),
    ),
  };
});
