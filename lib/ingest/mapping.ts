import type { Metric } from "@/lib/kernel/metrics";
import type { Family } from "./units";

/**
 * How a metric's values come: a histogram has a count and a sum; a counter only grows; a level is a value of its moment
 * (a gauge, or an up-down counter).
 */
export type Shape = "histogram" | "counter" | "level";

/** What a series adds to. `http` and `httpFailed` are requests with their durations; the others are metrics. */
export type Feed = "http" | "httpFailed" | "requests" | "latency" | "errors" | "appCpu" | "appMemory" | PoolFeed;
type PoolFeed = "pooled" | "waits" | "waitTime";

/** The metrics that each feed adds to. */
export const fed = {
  http: ["requests", "latency", "errors"],
  httpFailed: ["requests", "latency", "errors"],
  requests: ["requests"],
  latency: ["latency"],
  errors: ["errors"],
  appCpu: ["appCpu"],
  appMemory: ["appMemory"],
  pooled: ["pooled"],
  waits: ["waits"],
  waitTime: ["waitTime"],
} as const satisfies Record<Feed, readonly Metric[]>;

/** One way in which a metric may come: its shape, its unit, and what makes ours of the converted value (1 unless told). */
export type Way = { shape: Shape; unit: Family; times?: number };

/** What is made of a metric that apps send. */
export type Rule = {
  feed: Feed;
  /** Where one app sends several metrics that say the same, the highest is taken: 3 Tenantry's own, 2 stable, 1 older. */
  rank: 1 | 2 | 3;
  /** The unit where the sender tells none. */
  usual: string;
  ways: readonly Way[];
};

const durations = [{ shape: "histogram", unit: "duration" }] as const;
const levels = (unit: Family) => [{ shape: "level", unit }] as const;
const perSecond: readonly Way[] = [
  { shape: "counter", unit: "count" },
  { shape: "level", unit: "perSecond" },
];
const means: readonly Way[] = [...durations, ...levels("duration")];
/** Milliseconds of CPU a second, in percent of one core. */
const cpuTime: Way = { shape: "counter", unit: "duration", times: 0.1 };

/** What Tenantry takes: OpenTelemetry's semantic conventions, stable and older, and names of its own. */
export const mapping: Readonly<Record<string, Rule>> = {
  "http.server.request.duration": { feed: "http", rank: 2, usual: "s", ways: durations },
  "http.server.duration": { feed: "http", rank: 1, usual: "ms", ways: durations },
  "db.client.connection.count": { feed: "pooled", rank: 2, usual: "1", ways: levels("count") },
  "db.client.connections.usage": { feed: "pooled", rank: 1, usual: "1", ways: levels("count") },
  "process.cpu.time": { feed: "appCpu", rank: 2, usual: "s", ways: [cpuTime] },
  "process.memory.usage": { feed: "appMemory", rank: 2, usual: "By", ways: levels("bytes") },
  "tenantry.requests": { feed: "requests", rank: 3, usual: "", ways: perSecond },
  "tenantry.errors": { feed: "errors", rank: 3, usual: "", ways: perSecond },
  "tenantry.waits": { feed: "waits", rank: 3, usual: "", ways: perSecond },
  "tenantry.latency": { feed: "latency", rank: 3, usual: "ms", ways: means },
  "tenantry.waitTime": { feed: "waitTime", rank: 3, usual: "ms", ways: means },
  "tenantry.appCpu": { feed: "appCpu", rank: 3, usual: "", ways: [cpuTime, ...levels("percent")] },
  "tenantry.appMemory": { feed: "appMemory", rank: 3, usual: "", ways: levels("bytes") },
  "tenantry.pooled": { feed: "pooled", rank: 3, usual: "1", ways: levels("count") },
};

/** Measured by Tenantry itself: what an app says of them is not taken. */
export const ownMeasures: ReadonlySet<string> = new Set(
  ["cpu", "memory", "buffers", "storage", "transactions", "connections", "cacheHit"].map((name) => `tenantry.${name}`),
);

/** Metrics that look as if they were taken, and why they are not. */
export const refusedNames: Readonly<Record<string, string>> = {
  "process.cpu.utilization": "is a share of an unknown number of cores: send process.cpu.time",
};

/** A name as the mapping has it: Tenantry's own may also be written with underscores. */
export function mappedName(name: string): string {
  if (!name.startsWith("tenantry.")) return name;
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

type Attributes = ReadonlyMap<string, string | number | boolean>;

/** Which feed a point of a metric adds to, by its attributes; undefined where it is no part of what is measured. */
export function feedOf(rule: Rule, attributes: Attributes): Feed | undefined {
  if (rule.feed === "http") return failed(attributes) ? "httpFailed" : "http";
  return rule.feed === "appCpu" && waits(attributes) ? undefined : rule.feed;
}

/** A request failed when its status is 500 or higher, or the server names an error. */
function failed(attributes: Attributes): boolean {
  const status = attributes.get("http.response.status_code") ?? attributes.get("http.status_code");
  return Number(status ?? 0) >= 500 || (attributes.get("error.type") ?? "") !== "";
}

/** Time in which a process waited is no CPU time. */
function waits(attributes: Attributes): boolean {
  const mode = attributes.get("cpu.mode") ?? attributes.get("process.cpu.state") ?? attributes.get("state");
  return /^(wait|iowait|idle)$/.test(String(mode ?? ""));
}
