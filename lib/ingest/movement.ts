import { tenantHold } from "@/lib/kernel/metrics";
import type { Shape } from "./mapping";

/** What is known of one series of a tenant's app. Times are Unix milliseconds. */
export type Series = {
  /** When its counting began, as its sender tells it: 0 until it does; of a delta, when its newest interval began. */
  startedAt: number;
  /** Its newest point's own time. */
  at: number;
  /** Last cumulative values: of a counter, or of a histogram the sum; both null for deltas and levels. */
  value: number | null;
  count: number | null;
  /** What it adds: a rate or a level, or a mean; null is unknown. */
  adds: number | null;
  /** Of a mean: per second how many values it is a mean of. */
  weight: number | null;
};

/** A point in our units. */
export type Measured = {
  shape: Shape;
  delta: boolean;
  start: number;
  at: number;
  value: number | null;
  count: number | null;
  gone: boolean;
};

/** Two points closer than this many milliseconds say nothing about a rate. */
const shortest = 200;

/** Why a point changes nothing: it is known already (sent again, or in another order), or another instance's. */
export type Ignored = "known" | "collides";

/** When the same app was last heard of before a point. */
export type Heard = {
  /** With other series of this metric, if all of those were taken: a series that was not among them began after that. */
  metric: number | undefined;
  /** With any metric: its last export. */
  app: number | undefined;
};

/** A series after its next point. */
export function advance(before: Series | undefined, point: Measured, heard: Heard): Series | Ignored {
  const { at, shape, delta } = point;
  if (before && at <= before.at) return "known";
  const nothing = { value: null, count: null, adds: null, weight: null };
  if (point.gone) return { startedAt: at, at, ...nothing };
  if (shape === "level") return { startedAt: at, at, ...nothing, adds: point.value, weight: 1 };
  return delta ? afterDelta(before, point, heard.app) : afterTotal(before, point, before ? undefined : heard.metric);
}

/**
 * A delta's interval begins with its app's last export: some SDKs tell when the first value of the interval came instead,
 * as if all that is in it had come in the rest.
 */
function afterDelta(
  before: Series | undefined,
  { at, start, value, count }: Measured,
  heard: number | undefined,
): Series {
  const exported = heard !== undefined && at - heard <= tenantHold ? heard : undefined;
  const since = start > 0 ? Math.min(start, exported ?? start, at) : (exported ?? before?.at ?? at);
  const still = { adds: before?.adds ?? null, weight: before?.weight ?? null };
  const told = at - since >= shortest ? rates(value, count, at - since) : still;
  return { startedAt: since, at, value: null, count: null, ...told };
}

function afterTotal(before: Series | undefined, point: Measured, metricSeen: number | undefined): Series | Ignored {
  const { at, start, value, count } = point;
  const told = before ? toldStart(before) : 0;
  if (start > 0 && told > 0 && start < told - 1) return "collides";
  const goesOn = before !== undefined && start <= (told > 0 ? told + 1 : before.at);
  if (goesOn && at - before.at < shortest) return "known";
  const base = goesOn ? before : beginning(point, metricSeen);
  const after = { startedAt: start > 0 ? start : told, at, value, count };
  if (!base || fell(base, point)) return { ...after, adds: null, weight: null };
  const by = value === null || base.value === null ? null : value - base.value;
  return { ...after, ...rates(by, count === null ? null : count - (base.count ?? 0), at - base.at) };
}

/** When a counter began; 0 where its sender has not told, or it was none: a delta, or gone. Nothing can be held against that. */
function toldStart({ startedAt, value, count }: Series): number {
  return value === null && count === null ? 0 : startedAt;
}

/** From where a series counts that was not known, or has begun anew. Without that, its first point is only a mark. */
function beginning({ at, start, count }: Measured, metricSeen: number | undefined) {
  const zero = { value: 0, count: count === null ? null : 0 };
  const within = (since: number) => at - since >= shortest && at - since <= tenantHold;
  if (start > 0 && within(start)) return { ...zero, at: start };
  return metricSeen !== undefined && within(metricSeen) ? { ...zero, at: metricSeen } : undefined;
}

/** A counter that fell has begun anew, at a time that nobody tells. */
function fell(before: Pick<Series, "value" | "count">, { value, count }: Measured): boolean {
  if (count !== null) return before.count === null || count < before.count;
  return value === null || before.value === null || value < before.value;
}

/** What moved within so many milliseconds: of a histogram its mean and the rate, of a counter the rate. */
function rates(by: number | null, count: number | null, milliseconds: number): Pick<Series, "adds" | "weight"> {
  const seconds = milliseconds / 1000;
  if (count === null) return { adds: by === null ? null : by / seconds, weight: null };
  return { adds: count > 0 && by !== null && by >= 0 ? by / count : null, weight: count / seconds };
}

/** From when until when what a series adds stands. A delta's interval is not repeated when it stays away. */
export function standing({ at, startedAt, value, count }: Series): { from: number; until: number } {
  const interval = value === null && count === null ? at - startedAt : 0;
  return { from: at - tenantHold, until: at + (interval > 0 ? Math.min(tenantHold, 1.5 * interval) : tenantHold) };
}

/** Whether a series is of deltas, by what is kept of it. */
export function isDelta({ at, startedAt, value, count }: Series): boolean {
  return value === null && count === null && startedAt < at;
}
