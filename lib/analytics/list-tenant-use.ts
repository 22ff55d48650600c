import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { fleetKey, keptFor } from "@/lib/gate/fleet-operation";
import { kept } from "@/lib/gate/kept-answers";
import { readMany } from "@/lib/gate/many";
import { operation } from "@/lib/gate/operation";
import { figure } from "@/lib/history/cells";
import { readFigures, type TenantFigures } from "@/lib/history/read-figures";
import { isSummed } from "@/lib/history/read-fleet";
import type { Span } from "@/lib/history/shapes";
import { spanView } from "@/lib/history/span";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { analyticsTenantsContract } from "./contract";
import { fleetQuestion, namesOf } from "./question";

type Input = z.output<typeof analyticsTenantsContract.input>;

/** Which tenant used how much. */
export const listTenantUse = operation(analyticsTenantsContract, (ctx, input) =>
  keptFor(analyticsTenantsContract, ctx, input, () => pageOf(ctx, input), ofPages),
);

/** A page's names are of now: who has left an actor's reach is on none that is read from then on. */
const ofPages = { least: 2000, most: 2000, stale: 2000 };

/** All pages and orders of a question come from one reading. */
async function pageOf(ctx: Ctx, { sort, order, by, page, pageSize, ...question }: Input) {
  const make = () => readMany(ctx, (own) => useOf(own, question));
  const use = await kept(fleetKey("tenants' use", ctx, question), ctx.now, make, sizeOf);
  const sorted = sort === "name" ? byName(use, order) : byFigure(use, sort, by, order);
  const ids = sorted.slice((page - 1) * pageSize, page * pageSize);
  const names = await namesOf(ctx, ids);
  const tenants = ids.flatMap((id) => {
    const tenant = names.get(id);
    return tenant ? [{ tenant, figures: figuresOf(use, id) }] : [];
  });
  return { span: use.span, total: sorted.length, tenants };
}

/** Of all tenants that match, by name; and the figures of those of whom anything is known. */
type Use = { span: Span; names: string[]; places: Map<string, number>; sums: Map<Metric, number> } & TenantFigures;

type Question = Omit<Input, "sort" | "order" | "by" | "page" | "pageSize">;

async function useOf(ctx: Ctx, question: Question): Promise<Use> {
  const { which, frame } = await fleetQuestion(ctx, question);
  const figures = await readFigures(ctx.db, which, metricNames, frame);
  const names = await ctx.db.$queryRaw<{ ids: string[] | null }[]>`
    SELECT json_agg(t.id ORDER BY lower(t.name), t.id) AS ids FROM tenants t WHERE ${which}`;
  const sums = [...figures.of].filter(([metric]) => isSummed(metric));
  return {
    ...figures,
    span: spanView(frame),
    names: names[0]?.ids ?? [],
    places: new Map(figures.ids.map((id, place) => [id, place])),
    sums: new Map(sums.map(([metric, { mean }]) => [metric, mean.reduce<number>((sum, one) => sum + (one ?? 0), 0)])),
  };
}

const sizeOf = ({ names, of }: Use): number => names.length * (150 + 4 * 8 * of.size);

const byName = ({ names }: Use, order: "asc" | "desc"): string[] => (order === "asc" ? names : [...names].reverse());

/** Those of whom nothing is known stand last, whatever the order. */
function byFigure(use: Use, metric: Metric, by: Input["by"], order: "asc" | "desc"): string[] {
  const sign = order === "asc" ? 1 : -1;
  const values = new Map(use.names.map((id) => [id, sortedBy(use, id, metric, by)]));
  const value = (id: string) => values.get(id) ?? null;
  return [...use.names].sort((one, other) => {
    const [left, right] = [value(one), value(other)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  });
}

function sortedBy(use: Use, id: string, metric: Metric, by: Input["by"]): number | null {
  const { avg, max, sum, before } = oneFigure(use, id, metric);
  if (by === "change") return avg === null || before === null ? null : avg - before;
  return { avg, max, sum }[by];
}

function oneFigure({ of, places }: Use, id: string, metric: Metric) {
  const place = places.get(id) ?? -1;
  const { mean, max, ms, before } = of.get(metric) ?? { mean: [], max: [], ms: [], before: [] };
  const [avg, known] = [mean[place] ?? null, ms[place] ?? null];
  const sum = avg === null || known === null ? null : figure((avg * known) / 1000);
  return { avg, max: max[place] ?? null, sum, before: before[place] ?? null };
}

function figuresOf(use: Use, id: string) {
  const known = [...use.of.keys()].flatMap((metric) => {
    const one = oneFigure(use, id, metric);
    if (one.avg === null && one.before === null) return [];
    const whole = use.sums.get(metric) ?? 0;
    const share = one.avg === null || whole <= 0 ? null : figure(one.avg / whole);
    return [[metric, { ...one, share }] as const];
  });
  return Object.fromEntries(known) as Partial<Record<Metric, (typeof known)[number][1]>>;
}
