import { createHash, type Hash } from "node:crypto";
import { Bounds } from "./bounds";
import type { Shape } from "./mapping";

/** An attribute's value; lists and maps stand as text. */
type AttributeValue = string | number | boolean;
type Attributes = ReadonlyMap<string, AttributeValue>;

/** One data point, whichever encoding it came in. */
export type Point = {
  name: string;
  unit: string;
  shape: Shape | "summary";
  temporality: "delta" | "cumulative" | "unknown";
  /** Unix milliseconds; 0 where the sender tells none. */
  start: number;
  at: number;
  /** A histogram's is the sum of what it counted. Null: not told. */
  value: number | null;
  /** What a histogram counted. */
  count: number | null;
  /** The sender says that there is no value any more. */
  gone: boolean;
  attributes: Attributes;
  /** By the point's own attribute or its resource's: an id or a slug. */
  tenant: string | undefined;
  /**
   * The series it belongs to, in 64 hex digits: 20 of its resource, 12 of its metric within, 32 of its attributes. Made
   * when it is asked for, since it takes longer than all the rest, and most of what can't be taken needs none.
   */
  series: () => string;
};

/** The message is no ExportMetricsServiceRequest. */
export class Malformed extends Error {
  override readonly name = "Malformed";
}

const tenantAttribute = "tenant.id";

/** The points of an ExportMetricsServiceRequest, decoded from protobuf or parsed from JSON. */
export function pointsOf(request: unknown): Point[] {
  // The whole is counted and read before anything is made of it.
  return [...eachPoint(request, new Bounds())];
}

function* eachPoint(request: unknown, bounds: Bounds): Generator<Point> {
  const bounded = (what: Parameters<Bounds["add"]>[0], found: Json[]) => {
    bounds.add(what, found.length);
    return found;
  };
  for (const resourceMetrics of bounded("resources", list(message(request), "resourceMetrics"))) {
    const resource = resourceOf(optional(resourceMetrics.resource), bounds);
    for (const scopeMetrics of bounded("scopes", list(resourceMetrics, "scopeMetrics"))) {
      const scope = scopeOf(optional(scopeMetrics.scope));
      for (const metric of bounded("metrics", list(scopeMetrics, "metrics"))) {
        yield* pointsOfMetric(metric, scope, resource, bounds);
      }
    }
  }
}

/** A resource's attributes, and the digits by which it is told from others. */
type Resource = { attributes: Attributes; digits: () => string };

function resourceOf(given: Json, bounds: Bounds): Resource {
  const attributes = attributesOf(given, bounds);
  return { attributes, digits: once(() => hashOf(textOf(attributes)).digest("hex").slice(0, 20)) };
}

/** A scope has one name for all its metrics, however long: it is hashed once, and each metric's hash goes on from there. */
function scopeOf(given: Json): () => Hash {
  const name = text(given.name);
  return once(() => hashOf(`${name}\0`));
}

type Json = Record<string, unknown>;

const kinds = [
  ["gauge", "level"],
  ["sum", "counter"],
  ["histogram", "histogram"],
  ["exponentialHistogram", "histogram"],
  ["summary", "summary"],
] as const;

/** Every point's name and unit are looked at: of longer ones, which nobody knows anyway, the beginning is enough. */
const longest = 300;

function* pointsOfMetric(metric: Json, scope: () => Hash, resource: Resource, bounds: Bounds): Generator<Point> {
  const [name, unit] = [text(metric.name).slice(0, longest), text(metric.unit).slice(0, longest)];
  const digits = once(() => scope().copy().update(`${name}\0${unit}`).digest("hex").slice(0, 12));
  for (const [field, shapeOfField] of kinds) {
    const data = optional(metric[field]);
    const shape = field === "sum" && data.isMonotonic !== true ? "level" : shapeOfField;
    const temporality = field === "gauge" ? "cumulative" : temporalityOf(data.aggregationTemporality);
    const points = list(data, "dataPoints");
    bounds.add("data points", points.length);
    for (const point of points) {
      const attributes = attributesOf(point, bounds);
      yield {
        ...{ name, unit, shape, temporality, attributes },
        start: milliseconds(point.startTimeUnixNano),
        at: milliseconds(point.timeUnixNano),
        value: figureOf(point),
        count: Object.hasOwn(point, "count") || shape === "histogram" ? number(point.count ?? 0) : null,
        gone: (number(point.flags ?? 0) & 1) === 1,
        tenant: tenantOf(attributes) ?? tenantOf(resource.attributes),
        series: () => resource.digits() + digits() + hashOf(textOf(attributes)).digest("hex").slice(0, 32),
      };
    }
  }
}

function figureOf(point: Json): number | null {
  for (const name of ["asDouble", "asInt", "sum"]) {
    if (Object.hasOwn(point, name) && point[name] !== null) return number(point[name]);
  }
  return null;
}

function temporalityOf(value: unknown): Point["temporality"] {
  if (value === 1 || value === "AGGREGATION_TEMPORALITY_DELTA") return "delta";
  return value === 2 || value === "AGGREGATION_TEMPORALITY_CUMULATIVE" ? "cumulative" : "unknown";
}

function tenantOf(attributes: Attributes): string | undefined {
  const named = attributes.get(tenantAttribute);
  return named === undefined ? undefined : String(named);
}

function attributesOf(holder: Json, bounds: Bounds): Attributes {
  const attributes = new Map<string, AttributeValue>();
  const given = list(holder, "attributes");
  bounds.add("attributes", given.length);
  for (const one of given) attributes.set(text(one.key), scalar(optional(one.value)));
  return attributes;
}

function scalar(value: Json): AttributeValue {
  for (const [name, one] of Object.entries(value)) {
    if (one === null || one === undefined) continue;
    if (name === "stringValue") return text(one);
    if (name === "boolValue") return one === true;
    if (name === "intValue" || name === "doubleValue") return number(one);
    if (/^(arrayValue|kvlistValue|bytesValue)$/.test(name)) return opaque(one);
  }
  return "";
}

/** Lists and maps only tell series apart. */
function opaque(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    throw new Malformed("An attribute is nested too deeply.");
  }
}

/** The same attributes are the same text, in whichever order they come. */
function textOf(attributes: Attributes): string {
  return JSON.stringify([...attributes].sort(([one], [other]) => (one < other ? -1 : 1)));
}

const hashOf = (content: string): Hash => createHash("sha256").update(content);

/** What is made when it is first asked for, and kept. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function message(value: unknown): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw new Malformed("What should be an object is something else.");
}

const nothing: Json = {};
const optional = (value: unknown): Json => (value === undefined || value === null ? nothing : message(value));

function list(holder: Json, name: string): Json[] {
  const value = holder[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Malformed(`${name} is no list.`);
  return value.map(message);
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string") throw new Malformed("What should be a text is something else.");
  return value;
}

/** Numbers come as such, as text (64 bits in JSON), or in two halves (64 bits in protobuf). NaN where they are none. */
function number(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "string")
    return /^(-?[\d.]+(e[+-]?\d+)?|-?Infinity|NaN)$/i.test(value) ? Number(value) : Number.NaN;
  if (typeof value !== "object" || value === null || !("high" in value) || !("low" in value)) {
    throw new Malformed("What should be a number is something else.");
  }
  const [high, low] = [Number(value.high), Number(value.low) >>> 0];
  return ("unsigned" in value && value.unsigned ? high >>> 0 : high) * 2 ** 32 + low;
}

/** Nanoseconds to milliseconds; a Unix time of today fits a double to a quarter of a microsecond. */
function milliseconds(value: unknown): number {
  const nanoseconds = number(value ?? 0);
  return Number.isFinite(nanoseconds) ? nanoseconds / 1e6 : 0;
}
