import { z } from "zod";
import { points } from "@/lib/history/shapes";
import { contract } from "@/lib/kernel/contract";
import { metricNames } from "@/lib/kernel/metrics";
import { tenantStatuses, usage } from "@/lib/tenants/shapes";

const time = z.iso.datetime();

/** Charts' ranges, and the seconds they span. */
export const ranges = { "5m": 300, "15m": 900, "1h": 3600, "6h": 21_600, "24h": 86_400 } as const;
export type Range = keyof typeof ranges;
const range = z.enum(Object.keys(ranges) as [Range, ...Range[]]).default("15m");

/** What one collection round found on one server, all tenants summed. Null is unknown. */
export const serverTick = z
  .object({
    id: z.string().describe("grows with every tick of the fleet; the stream's event id"),
    serverId: z.uuid(),
    at: time,
    durationMs: z.number().describe("how long the round took"),
    cpu: z.number().nullable().describe("all tenants, percent of one core"),
    cpuUnattributed: z.number().nullable().describe("the server's processes that no tenant owns"),
    memory: z.number().nullable().describe("all tenants' backends, MiB"),
    memoryUnattributed: z.number().nullable(),
    buffers: z.number().nullable().describe("all tenants' share of shared buffers, MiB"),
    storage: z.number().nullable().describe("all tenants, MiB"),
    requests: z.number().nullable().describe("per second"),
    transactions: z.number().nullable().describe("per second"),
    connections: z.number().nullable(),
    cpuSource: z.string().nullable(),
    memorySource: z.string().nullable(),
  })
  .meta({ id: "ServerTick" });
export type ServerTick = z.infer<typeof serverTick>;

/** A tick's figures that are summed over servers and make the fleet's series. */
export const fleetMetrics = [
  "cpu",
  "cpuUnattributed",
  "memory",
  "memoryUnattributed",
  "buffers",
  "storage",
  "requests",
  "transactions",
  "connections",
] as const;
export type FleetMetric = (typeof fleetMetrics)[number];

export const topTenant = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    status: z.enum(tenantStatuses),
    usage,
  })
  .meta({ id: "TopTenant" });

export const health = z.object({
  name: z.string(),
  state: z.enum(["ok", "warning", "down"]),
  detail: z.string(),
});

export const overviewContract = contract({
  id: "metrics.overview",
  method: "GET",
  path: "/api/tenancy/overview",
  summary: "The fleet at a glance: totals, status counts, top tenants and system health.",
  access: "metrics:read",
  scoped: true,
  input: z.object({}),
  output: z.object({
    tenants: z.int(),
    counts: z.record(z.enum(tenantStatuses), z.int()),
    servers: z.int(),
    totals: usage,
    top: z.object({
      cpu: z.array(topTenant),
      memory: z.array(topTenant),
      storage: z.array(topTenant),
      requests: z.array(topTenant),
    }),
    health: z.array(health),
    measuredAt: time.nullable(),
  }),
});
export type Overview = z.infer<typeof overviewContract.output>;

export const fleetSeriesContract = contract({
  id: "metrics.fleetSeries",
  method: "GET",
  path: "/api/tenancy/series",
  summary: "Fleet-wide series of CPU, memory, storage and requests over a range.",
  access: "metrics:read",
  input: z.object({ range }),
  output: z.object({
    from: time,
    to: time,
    stepSeconds: z.number(),
    series: z.object({
      cpu: points,
      cpuUnattributed: points,
      memory: points,
      memoryUnattributed: points,
      buffers: points,
      storage: points,
      requests: points,
      transactions: points,
      connections: points,
    }),
    sources: z.object({ cpu: z.string().nullable(), memory: z.string().nullable() }),
  }),
});

export const tenantSeriesContract = contract({
  id: "metrics.tenantSeries",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/series",
  summary: "One tenant's series of every metric over a range.",
  access: "metrics:read",
  scoped: true,
  input: z.object({ id: z.uuid(), range }),
  output: z.object({
    from: time,
    to: time,
    stepSeconds: z.number(),
    series: z.record(z.enum(metricNames), points),
    sources: z.partialRecord(z.enum(metricNames), z.string()),
  }),
});

/**
 * One message of the live stream (`GET /api/tenancy/stream?topics=fleet,tenant:<id>,activities,tenants,bulk`).
 * `tick`: a collection round over a server; `changes` holds only tenants whose values changed, and,
 * unless the topic is "fleet", only those asked for. `activity`, `tenant`, `bulk` (a bulk run): something to read again.
 * `reset`: the client was away for too long, read everything again. `hello`: the first message.
 */
export const liveMessage = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("hello"), at: time }),
    z.object({ type: z.literal("reset") }),
    z.object({
      type: z.literal("tick"),
      tick: serverTick,
      partial: z
        .literal(true)
        .optional()
        .describe("the tick's totals are left out: the reader's rights reach only some tenants"),
      changes: z.array(z.object({ id: z.uuid(), usage })),
    }),
    z.object({ type: z.literal("activity"), tenantId: z.uuid() }),
    z.object({ type: z.literal("tenant"), tenantId: z.uuid() }),
    z.object({ type: z.literal("bulk"), runId: z.uuid() }),
    z.object({ type: z.literal("isolation"), serverId: z.uuid() }),
  ])
  .meta({ id: "LiveMessage" });
export type LiveMessage = z.infer<typeof liveMessage>;

export const liveTopics = z
  .string()
  .max(2000)
  .transform((value) => value.split(",").filter(Boolean))
  .pipe(
    z
      .array(
        z.union([
          z.enum(["fleet", "activities", "tenants", "bulk", "isolation"]),
          z.templateLiteral(["tenant:", z.uuid()]),
        ]),
      )
      .min(1)
      .max(50),
  );

/** The live stream answers with server-sent events, each a `liveMessage`. */
export const liveStreamContract = contract({
  id: "live.stream",
  method: "GET",
  path: "/api/tenancy/stream",
  summary: "Follow the fleet live, as server-sent events.",
  access: "metrics:read",
  scoped: true,
  answers: ["text/event-stream"],
  input: z.object({ topics: z.string().default("fleet") }),
  output: liveMessage,
});
