import { type Metric, rounded, tenantHold } from "@/lib/kernel/metrics";
import { grouped } from "./grouped";
import { type Feed, fed } from "./mapping";
import { advance, type Heard, isDelta, type Measured, type Series, standsAt } from "./movement";
import type { Rejections } from "./rejections";

/** A series as it is stored, with what it feeds and how it ranks among those that say the same. */
export type KnownSeries = Series & { hash: string; feed: Feed; rank: number };

/** What is known of a tenant's apps before a request. */
export type Known = {
  series: KnownSeries[];
  /** The newest value of each metric, and its time in Unix milliseconds. */
  readings: Map<Metric, { value: number; at: number }>;
  /** The newest point that was not taken for a limit; 0 for none. */
  refusedAt: number;
  /** Metrics that the tenant runtime tells of: an app's own word is not taken. */
  fromRuntime: ReadonlySet<Metric>;
};

/** A point of the tenant, ready to be counted. */
export type Taken = Measured & { hash: string; feed: Feed; rank: number };

/** A value of the tenant at a time. */
export type Value = { metric: Metric; at: number; value: number };

/** The first digits of a series' hash: its resource, and its metric within. */
const resourceOf = (hash: string): string => hash.slice(0, 20);
const metricOf = (hash: string): string => hash.slice(0, 32);

/** Counts a request's points into what is known of a tenant, in order of time. */
export class TenantState {
  readonly changed = new Map<string, KnownSeries>();
  private readonly series: Map<string, KnownSeries>;
  private readonly seen = new Map<string, number>();
  private readonly values = new Map<string, Value>();
  refusedAt: number;

  constructor(
    private readonly known: Known,
    private readonly mostSeries: number,
    private readonly rejections: Rejections,
  ) {
    this.series = new Map(known.series.map((one) => [one.hash, one]));
    for (const { hash, at } of known.series) this.see(hash, at);
    this.refusedAt = known.refusedAt;
  }

  /** Takes points and returns the tenant's values that follow, the later of two at one time last. */
  take(points: readonly Taken[]): Value[] {
    const byTime = grouped(points, ({ at }) => at);
    for (const at of [...byTime.keys()].sort((one, other) => one - other)) this.takeAt(at, byTime.get(at) ?? []);
    return [...this.values.values()];
  }

  /** Points that were not let in for a limit: series that are missing now have not begun since. */
  refuse(points: readonly { at: number }[]): void {
    for (const { at } of points) this.refusedAt = Math.max(this.refusedAt, at);
  }

  private takeAt(at: number, points: Taken[]): void {
    const moved = points.filter((point) => this.isInTime(point) && this.move(point));
    for (const { hash } of points) this.see(hash, at);
    this.silence(moved, at);
    const touched = new Set(moved.flatMap(({ feed }) => fed[feed] as readonly Metric[]));
    for (const metric of touched) {
      if (this.known.fromRuntime.has(metric)) continue;
      this.tell(metric, at);
      // What came in another order than it was measured also moves the newest value.
      const newest = this.known.readings.get(metric)?.at ?? 0;
      if (newest > at) this.tell(metric, newest);
    }
  }

  /** What came long after newer values of the same tenant can't be added to them any more. */
  private isInTime({ feed, at }: Taken): boolean {
    const newest = Math.max(...fed[feed].map((metric) => this.known.readings.get(metric)?.at ?? 0));
    if (newest - at <= tenantHold) return true;
    this.rejections.reject("newer values of the same tenant came more than 150 s before.");
    return false;
  }

  private move(point: Taken): boolean {
    const { hash, feed, rank } = point;
    const before = this.series.get(hash);
    if (!before && this.series.size >= this.mostSeries) {
      this.refusedAt = Math.max(this.refusedAt, point.at);
      this.rejections.reject(`the tenant has ${this.mostSeries} series, the limit; new ones are not taken.`);
      return false;
    }
    const after = advance(before, point, this.heard(point));
    if (after === "collides") {
      this.rejections.reject("two instances of an app send the same series: give each its own service.instance.id.");
    }
    if (typeof after === "string") return false;
    this.keep({ ...after, hash, feed, rank });
    return true;
  }

  private heard({ hash, at }: Taken): Heard {
    const before = (time: number | undefined) => (time !== undefined && time < at ? time : undefined);
    const metric = before(this.seen.get(metricOf(hash)));
    return {
      metric: metric !== undefined && this.refusedAt < metric ? metric : undefined,
      app: before(this.seen.get(resourceOf(hash))),
    };
  }

  /** A delta that stays away while others of its metric come was zero. */
  private silence(moved: Taken[], at: number): void {
    const metrics = new Set(moved.filter(({ delta }) => delta).map(({ hash }) => metricOf(hash)));
    if (metrics.size === 0) return;
    for (const one of this.series.values()) {
      if (one.at >= at || !metrics.has(metricOf(one.hash)) || !isDelta(one)) continue;
      this.keep({ ...one, adds: one.weight === null ? 0 : null, weight: one.weight === null ? null : 0 });
    }
  }

  private keep(series: KnownSeries): void {
    this.series.set(series.hash, series);
    this.changed.set(series.hash, series);
  }

  private see(hash: string, at: number): void {
    for (const whole of [metricOf(hash), resourceOf(hash)]) {
      this.seen.set(whole, Math.max(at, this.seen.get(whole) ?? 0));
    }
  }

  private tell(metric: Metric, at: number): void {
    const value = total(metric, at, this.series.values());
    if (value !== null) this.values.set(`${metric} ${at}`, { metric, at, value: rounded(metric, value) });
  }
}

/** A tenant's value of a metric: rates and levels of its apps added up, means weighed; null where nothing is known. */
function total(metric: Metric, at: number, all: Iterable<KnownSeries>): number | null {
  const standing: KnownSeries[] = [];
  const best = new Map<string, number>();
  for (const one of all) {
    if (!fed[one.feed].some((name) => name === metric) || !standsAt(one, at)) continue;
    if (one.adds === null && one.weight === null) continue;
    standing.push(one);
    const resource = resourceOf(one.hash);
    best.set(resource, Math.max(best.get(resource) ?? 0, one.rank));
  }
  const chosen = standing.filter(({ hash, rank }) => rank === best.get(resourceOf(hash)));
  return metric === "latency" || metric === "waitTime" ? mean(chosen) : sum(metric, chosen);
}

function sum(metric: Metric, chosen: KnownSeries[]): number | null {
  const parts = chosen.flatMap(({ feed, adds, weight }) => {
    const part = feed === "http" || feed === "httpFailed" ? weight : adds;
    if (part === null) return [];
    return metric === "errors" && feed === "http" ? [0] : [part];
  });
  return parts.length > 0 ? parts.reduce((one, other) => one + other, 0) : null;
}

function mean(chosen: KnownSeries[]): number | null {
  let [sum, weights] = [0, 0];
  for (const { adds, weight } of chosen) {
    if (adds === null || !weight) continue;
    sum += adds * weight;
    weights += weight;
  }
  return weights > 0 ? sum / weights : null;
}
