import { type Feed, fed, feedOf, mappedName, mapping, ownMeasures, type Rule, refusedNames } from "./mapping";
import type { Point } from "./read-points";
import { quoted, type Rejections } from "./rejections";
import type { Taken } from "./tenant-state";
import { factorOf } from "./units";

/** Clocks differ: a point may be so many milliseconds ahead of ours. */
export const mostAhead = 60_000;

/** Beyond this a number is none that anybody measured. */
const mostValue = 1e15;

/** A point that may be taken, with the tenant it names. */
export type Screened = Taken & { tenant: string };

/**
 * A point in our units, with what it feeds; undefined, and counted among the rejections, where it can't be taken.
 * Times are Unix milliseconds; what is older than `oldest` is not kept.
 */
export function screen(point: Point, now: number, oldest: number, rejections: Rejections): Screened | undefined {
  const fit = fitOf(point);
  if (typeof fit === "string") return void rejections.reject(fit);
  const at = point.at > 0 ? Math.round(point.at) : now;
  if (at > now + mostAhead) return void rejections.reject("their time is more than 60 s ahead of Tenantry's.");
  if (point.start > at + mostAhead) return void rejections.reject("their start is more than 60 s after their time.");
  if (at < oldest) return void rejections.reject("they are older than what is kept of single values.");
  if (!point.tenant) return void rejections.reject("neither resource nor point has the attribute tenant.id.");
  const { feed, rule, factor } = fit;
  const scaled = point.value === null ? null : point.value * factor;
  const measured = { shape: fit.shape, delta: point.temporality === "delta", start: point.start, at, gone: point.gone };
  const taken = { ...measured, value: scaled, count: point.count };
  return { ...taken, feed, rank: rule.rank, hash: point.series(), tenant: point.tenant };
}

type Fit = { rule: Rule; feed: Feed; shape: Taken["shape"]; factor: number };

/** How a point is taken, or why it is not. */
function fitOf(point: Point): Fit | string {
  const { name, unit, shape, temporality, attributes } = point;
  const mapped = mappedName(name);
  const rule = Object.hasOwn(mapping, mapped) ? mapping[mapped] : undefined;
  if (!rule) return unmapped(name, mapped);
  const ways = rule.ways.filter((way) => way.shape === shape);
  if (shape === "summary" || ways.length === 0) {
    return `${quoted(name)} must come as ${rule.ways.map((way) => words[way.shape]).join(" or ")}.`;
  }
  if (shape !== "level" && temporality === "unknown") return `${quoted(name)} does not tell its temporality.`;
  if (shape === "level" && temporality === "delta")
    return `${quoted(name)} must come as a cumulative level, not as deltas.`;
  const way = ways.find((one) => factorOf(unit || rule.usual, one.unit) !== undefined);
  const factor = way && factorOf(unit || rule.usual, way.unit);
  if (!way || factor === undefined)
    return unit
      ? `${quoted(name)} has the unit ${quoted(unit)}, which can't be converted.`
      : `${quoted(name)} needs a unit.`;
  const feed = feedOf(rule, attributes);
  if (!feed) return `time spent waiting, in ${quoted(name)}, is no CPU time.`;
  if (!point.gone && !isSound(point)) return `${quoted(name)} has values that no measuring gives.`;
  return { rule, feed, shape, factor: factor * (way.times ?? 1) };
}

const words = { histogram: "a histogram", counter: "a growing sum", level: "a gauge or an up-down sum" } as const;

/** One reason for all names that nobody knows, so that an app that sends many is told briefly. */
function unmapped(name: string, mapped: string): string {
  const why = Object.hasOwn(refusedNames, name) ? refusedNames[name] : undefined;
  if (why) return `${quoted(name)} ${why}.`;
  if (ownMeasures.has(mapped)) return `${quoted(name)} is measured by Tenantry itself.`;
  return `Tenantry makes nothing of ${quoted(name)}.`;
}

function isSound({ shape, value, count }: Point): boolean {
  const sound = (one: number) => one >= 0 && one <= mostValue;
  if (shape === "histogram") return count !== null && sound(count) && (value === null || Math.abs(value) <= mostValue);
  return value !== null && sound(value);
}

/** What of a feed is taken where the runtime tells some metrics itself: all, a part, or nothing. */
export function leftOf(feed: Feed, fromRuntime: ReadonlySet<string>): "all" | "part" | "nothing" {
  const left = fed[feed].filter((metric) => !fromRuntime.has(metric)).length;
  return left === 0 ? "nothing" : left === fed[feed].length ? "all" : "part";
}
