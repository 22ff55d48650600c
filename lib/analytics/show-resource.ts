import type { Ctx } from "@/lib/gate/context";
import { fleetOperation } from "@/lib/gate/fleet-operation";
import { figure, pointsOf } from "@/lib/history/cells";
import { readFigures, type TenantFigures } from "@/lib/history/read-figures";
import { readFleet } from "@/lib/history/read-fleet";
import { readSeries } from "@/lib/history/read-series";
import { readServers } from "@/lib/history/read-servers";
import type { Points } from "@/lib/history/shapes";
import { type Frame, spanView } from "@/lib/history/span";
import {
  analyticsCpuContract,
  analyticsMemoryContract,
  analyticsRequestsContract,
  analyticsStorageContract,
} from "./contract";
import { overOf } from "./over";
import { fleetQuestion, isNarrowed, namesOf } from "./question";
import type { ResourceUse } from "./shapes";
import { distributionOf, highest, movedIds, moversOf } from "./spread";

type Resource = "memory" | "storage" | "cpu" | "requests";
type Input = Parameters<typeof fleetQuestion>[1] & { top: number };

export const showMemoryUse = fleetOperation(analyticsMemoryContract, (ctx, input) => useOf(ctx, "memory", input));
export const showStorageUse = fleetOperation(analyticsStorageContract, (ctx, input) => useOf(ctx, "storage", input));
export const showCpuUse = fleetOperation(analyticsCpuContract, (ctx, input) => useOf(ctx, "cpu", input));
export const showRequestsUse = fleetOperation(analyticsRequestsContract, (ctx, input) => useOf(ctx, "requests", input));

async function useOf(ctx: Ctx, metric: Resource, input: Input): Promise<ResourceUse> {
  const { which, frame } = await fleetQuestion(ctx, input);
  const fleet = await readFleet(ctx.db, which, [metric], frame);
  const figures = await readFigures(ctx.db, which, [metric], frame);
  const parts = isNarrowed(ctx, input) ? [] : await partsOf(ctx, metric, frame);
  const means = figures.of.get(metric)?.mean ?? [];
  const tops = highest(means, input.top).map((index) => figures.ids[index] ?? "");
  const series = await readSeries(ctx.db, tops, [metric], frame, false);
  const names = await namesOf(ctx, [...tops, ...movedIds(figures, [metric], input.top)]);
  const tenants = tops.flatMap((id) => {
    const tenant = names.get(id);
    const row = series.get(id)?.get(metric);
    if (!tenant || !row) return [];
    const points = pointsOf(frame.begins, (step) => row.cells[step]?.mean);
    return [{ tenant, over: overOf(row, frame), ...shareOf(figures, metric, id), points }];
  });
  const total = fleet.get(metric)?.points ?? pointsOf(frame.begins, () => null);
  return {
    span: spanView(frame),
    metric,
    total,
    parts,
    tenants,
    rest: restOf(
      total,
      tenants.map(({ points }) => points),
    ),
    distribution: distributionOf(means),
    movers: moversOf(figures, metric, input.top, names),
    sources: fleet.get(metric)?.sources ?? [],
  };
}

/** What stands beside the tenants: of a server's own, and of shared buffers, which are memory that tenants share. */
async function partsOf({ db }: Ctx, metric: Resource, frame: Frame): Promise<ResourceUse["parts"]> {
  if (metric === "cpu") {
    const { cpuUnattributed } = await readServers(db, ["cpuUnattributed"], frame);
    return [{ name: "unattributed", points: cpuUnattributed }];
  }
  if (metric !== "memory") return [];
  const { memoryUnattributed, buffers } = await readServers(db, ["memoryUnattributed", "buffers"], frame);
  return [
    { name: "unattributed", points: memoryUnattributed },
    { name: "shared buffers", points: buffers },
  ];
}

function shareOf({ ids, of }: TenantFigures, metric: Resource, id: string) {
  const { mean, before } = of.get(metric) ?? { mean: [], before: [] };
  const index = ids.indexOf(id);
  const sum = mean.reduce<number>((total, value) => total + (value ?? 0), 0);
  const own = mean[index] ?? null;
  return { share: own === null || sum <= 0 ? null : figure(own / sum), before: before[index] ?? null };
}

/** What is left of the sum. A tenant that is known for part of a step only counts in it more than in the sum: never below 0. */
function restOf(total: Points, tenants: readonly Points[]): Points {
  return total.map(([at, value], step) => {
    if (value === null) return [at, null];
    const tops = tenants.reduce((sum, points) => sum + (points[step]?.[1] ?? 0), 0);
    return [at, Math.max(0, figure(value - tops))];
  });
}
