import { type Ctx, scopeOf } from "@/lib/gate/context";
import { visibleSql } from "@/lib/gate/visible";
import type { Asked } from "@/lib/history/asked";
import { readFigures } from "@/lib/history/read-figures";
import { spanOf } from "@/lib/history/span";
import { readState } from "@/lib/history/state";
import { canonicalJson } from "@/lib/kernel/canonical";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { kept } from "./kept-answers";

type Means = { ids: string[]; of: Map<Metric, (number | null)[]> };

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
  const { ids, of } = await kept(key, ctx.now, () => meansOf(ctx, asked), sizeOf);
  const index = ids.indexOf(tenant);
  const ranks = metrics.flatMap((metric): [Metric, number][] => {
    const means = of.get(metric);
    const own = means?.[index];
    if (!means || own === null || own === undefined) return [];
    return [[metric, 1 + means.filter((mean) => mean !== null && mean > own).length]];
  });
  return new Map(ranks);
}

async function meansOf({ db, actor, now }: Ctx, asked: Asked): Promise<Means> {
  const state = await readState(db, now());
  const frame = spanOf({ ...asked, ...coarse }, now(), state, { tenants: many, tail: false });
  const { ids, of } = await readFigures(db, visibleSql(actor), metricNames, frame, false);
  return { ids, of: new Map([...of].map(([metric, { mean }]) => [metric, mean])) };
}

const sizeOf = ({ ids, of }: Means): number => ids.length * (36 + 8 * of.size);
