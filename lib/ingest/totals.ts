import type { Metric } from "@/lib/kernel/metrics";
import { fed } from "./mapping";
import { standing } from "./movement";
import { Queue } from "./queue";
import { type KnownSeries, resourceOf } from "./series";
import { type Figures, none, SumTree } from "./sum-tree";

/**
 * A tenant's values of its metrics as time goes on: rates and levels of its apps added up, means weighed. Time never goes
 * back, so that each series begins and ceases to count once.
 */
export class Totals {
  private now = Number.NEGATIVE_INFINITY;
  private readonly series = new Map<string, KnownSeries>();
  private readonly changes = new Queue<KnownSeries>();
  private readonly metrics = new Map<Metric, MetricTotal>();

  /** A series, new or as it is from now on. */
  set(one: KnownSeries): void {
    const before = this.series.get(one.hash);
    if (before && (before.feed !== one.feed || before.rank !== one.rank)) this.count(before, false);
    this.series.set(one.hash, one);
    const { from, until } = standing(one);
    // Times are whole milliseconds: this is taken out when the first of them that it stands at has come.
    if (this.now < from) this.changes.add(Math.ceil(from) - 0.5, one);
    if (this.now <= until) this.changes.add(until, one);
    this.count(one, from <= this.now && this.now <= until);
  }

  /** The value at a time, no earlier than those asked for before; null where nothing is known. */
  at(metric: Metric, time: number): number | null {
    this.now = time;
    for (const one of this.changes.before(time)) this.pass(one);
    return this.metrics.get(metric)?.value ?? null;
  }

  private pass(one: KnownSeries): void {
    if (this.series.get(one.hash) !== one) return;
    const { from, until } = standing(one);
    this.count(one, from <= this.now && this.now <= until);
  }

  private count(one: KnownSeries, stands: boolean): void {
    for (const metric of fed[one.feed]) {
      const total = this.metrics.get(metric) ?? new MetricTotal(metric);
      this.metrics.set(metric, total);
      total.set(one, stands);
    }
  }
}

/** One metric over all resources: of each, those series count that rank highest of what stands. */
class MetricTotal {
  private readonly all = new SumTree();
  private readonly byRank = new Map<string, Map<number, SumTree>>();

  constructor(private readonly metric: Metric) {}

  get value(): number | null {
    const { known, sum, weight } = this.all.total;
    if (isMean(this.metric)) return weight > 0 ? sum / weight : null;
    return known > 0 ? sum : null;
  }

  set(one: KnownSeries, stands: boolean): void {
    const resource = resourceOf(one.hash);
    const ranks = this.byRank.get(resource) ?? new Map<number, SumTree>();
    this.byRank.set(resource, ranks);
    const same = ranks.get(one.rank) ?? new SumTree();
    ranks.set(one.rank, same);
    same.set(one.hash, stands ? figuresOf(this.metric, one) : none);
    const highest = Math.max(...[...ranks].flatMap(([rank, { total }]) => (total.standing > 0 ? [rank] : [])));
    this.all.set(resource, ranks.get(highest)?.total ?? none);
  }
}

const isMean = (metric: Metric): boolean => metric === "latency" || metric === "waitTime";

function figuresOf(metric: Metric, { feed, adds, weight }: KnownSeries): Figures {
  if (adds === null && weight === null) return none;
  const stands = { ...none, standing: 1 };
  if (isMean(metric)) return adds === null || !weight ? stands : { ...stands, known: 1, sum: adds * weight, weight };
  const part = feed === "http" || feed === "httpFailed" ? weight : adds;
  if (part === null) return stands;
  return { ...stands, known: 1, sum: metric === "errors" && feed === "http" ? 0 : part };
}
