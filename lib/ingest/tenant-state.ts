import { type Metric, rounded, tenantHold } from "@/lib/kernel/metrics";
import { grouped } from "./grouped";
import { type Feed, fed } from "./mapping";
import { advance, type Heard, isDelta, type Measured } from "./movement";
import { Queue } from "./queue";
import type { Rejections } from "./rejections";
import { type KnownSeries, metricOf, resourceOf } from "./series";
import { Totals } from "./totals";

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

/**
 * Counts a request's points into what is known of a tenant, in order of time. However many times the points are of, no
 * time makes all series be gone through again.
 */
export class TenantState {
  readonly changed = new Map<string, KnownSeries>();
  private readonly series: Map<string, KnownSeries>;
  private readonly seen = new Map<string, number>();
  private readonly values = new Map<string, Value>();
  private readonly totals = new Totals();
  /** Of each metric within a resource its deltas, by their times. */
  private readonly deltas = new Map<string, Queue<KnownSeries>>();
  /** Metrics whose newest value moved with what came in another order than it was measured, with its time. */
  private readonly late = new Map<Metric, number>();
  refusedAt: number;

  constructor(
    private readonly known: Known,
    private readonly mostSeries: number,
    private readonly rejections: Rejections,
  ) {
    this.series = new Map(known.series.map((one) => [one.hash, one]));
    for (const one of known.series) {
      this.see(one.hash, one.at);
      this.totals.set(one);
      this.listen(one);
    }
    this.refusedAt = known.refusedAt;
  }

  /** Takes points and returns the tenant's values that follow, the later of two at one time last. */
  take(points: readonly Taken[]): Value[] {
    const byTime = grouped(points, ({ at }) => at);
    for (const at of [...byTime.keys()].sort((one, other) => one - other)) this.takeAt(at, byTime.get(at) ?? []);
    this.tellNewest(Number.POSITIVE_INFINITY);
    return [...this.values.values()];
  }

  /** Points that were not let in for a limit: series that are missing now have not begun since. */
  refuse(points: readonly { at: number }[]): void {
    for (const { at } of points) this.refusedAt = Math.max(this.refusedAt, at);
  }

  private takeAt(at: number, points: Taken[]): void {
    this.tellNewest(at);
    const moved = points.filter((point) => this.isInTime(point) && this.move(point));
    for (const { hash } of points) this.see(hash, at);
    this.silence(moved, at);
    const touched = new Set(moved.flatMap(({ feed }) => fed[feed] as readonly Metric[]));
    for (const metric of touched) {
      if (this.known.fromRuntime.has(metric)) continue;
      this.tell(metric, at, this.totals);
      const newest = this.known.readings.get(metric)?.at ?? 0;
      if (newest > at) this.late.set(metric, newest);
    }
  }

  /** Tells the newest values that moved and are of no later time: once each, when all before them is known. */
  private tellNewest(until: number): void {
    for (const [metric, newest] of this.late) {
      if (newest > until) continue;
      this.late.delete(metric);
      const then = new Totals();
      for (const one of this.series.values()) then.set(one);
      this.tell(metric, newest, then);
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
    for (const metric of new Set(moved.filter(({ delta }) => delta).map(({ hash }) => metricOf(hash)))) {
      for (const one of this.deltas.get(metric)?.before(at) ?? []) {
        // What has moved since is in the queue again, by its newer time.
        if (this.series.get(one.hash) !== one) continue;
        this.put({ ...one, adds: one.weight === null ? 0 : null, weight: one.weight === null ? null : 0 });
      }
    }
  }

  private keep(series: KnownSeries): void {
    this.put(series);
    this.listen(series);
  }

  private put(series: KnownSeries): void {
    this.series.set(series.hash, series);
    this.changed.set(series.hash, series);
    this.totals.set(series);
  }

  /** A delta may stay away from now on; once it is known as zero, that changes no more. */
  private listen(series: KnownSeries): void {
    if (!isDelta(series)) return;
    const metric = metricOf(series.hash);
    const waiting = this.deltas.get(metric) ?? new Queue<KnownSeries>();
    this.deltas.set(metric, waiting);
    waiting.add(series.at, series);
  }

  private see(hash: string, at: number): void {
    for (const whole of [metricOf(hash), resourceOf(hash)]) {
      this.seen.set(whole, Math.max(at, this.seen.get(whole) ?? 0));
    }
  }

  private tell(metric: Metric, at: number, totals: Totals): void {
    const value = totals.at(metric, at);
    if (value !== null) this.values.set(`${metric} ${at}`, { metric, at, value: rounded(metric, value) });
  }
}
