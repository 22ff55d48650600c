import { type Ctx, scopeOf } from "@/lib/gate/context";
import { kept } from "@/lib/gate/kept-answers";
import { readMany } from "@/lib/gate/many";
import { visibleSql } from "@/lib/gate/visible";
import type { Asked } from "@/lib/history/asked";
import { readFigures } from "@/lib/history/read-figures";
import { spanOf } from "@/lib/history/span";
import { canonicalJson } from "@/lib/kernel/canonical";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { stateAt } from "./question";

/** Where each tenant stands in the lists, and of each metric every mean, and those known from low to high. */
type Means = { places: Map<string, number>; of: Map<Metric, { means: (number | null)[]; sorted: Float64Array }> };

/** A rank is worth little reading, so levels are chosen as if there were this many tenants. */
const many = 20_000;
const coarse = { granularity: "auto", tz: "UTC" } as const;

/**
 * A tenant's place among those within the actor's reach by its mean of each metric: 1 used most. It is found from
 * hours, of long periods from days, and is two minutes old at most.
 */
export async function ranksOf(
  ctx: Ctx,
  asked: Asked,
  tenant: string,
  metrics: readonly Metric[],
): Promise<Map<Metric, number>> {
  const { range, from, to } = asked;
  const key = canonicalJson({ ranks: { range, from, to }, scope: scopeOf(ctx.actor) });
  const { places, of } = await kept(key, ctx.now, () => readMany(ctx, (own) => meansOf(own, asked)), sizeOf);
  const place = places.get(tenant) ?? -1;
  const ranks = metrics.flatMap((metric): [Metric, number][] => {
    const found = of.get(metric);
    const own = found?.means[place];
    if (!found || own === null || own === undefined) return [];
    return [[metric, 1 + countAbove(found.sorted, own)]];
  });
  return new Map(ranks);
}

async function meansOf({ db, actor, now }: Ctx, asked: Asked): Promise<Means> {
  const state = await stateAt(now);
  const frame = spanOf({ ...asked, ...coarse }, now(), state, { tenants: many, tail: false });
  const { ids, of } = await readFigures(db, visibleSql(actor), metricNames, frame, false);
  const lists = [...of].map(([metric, { mean: means }]) => {
    const sorted = Float64Array.from(means.filter((mean) => mean !== null)).sort();
    return [metric, { means, sorted }] as const;
  });
  return { places: new Map(ids.map((id, place) => [id, place])), of: new Map(lists) };
}

/** How many of the sorted values are higher than one. */
function countAbove(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return sorted.length - low;
}

const sizeOf = ({ places, of }: Means): number => places.size * (120 + 16 * of.size);
