import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

const time = z.iso.datetime();

export const healthStates = ["ok", "degraded", "down", "unknown"] as const;
export type HealthState = (typeof healthStates)[number];

export const healthPart = z
  .object({
    name: z.string().describe("stable: server:<id> of a server, else one word"),
    label: z.string(),
    state: z.enum(healthStates),
    words: z.string(),
    since: time.nullable().describe("since when it is so; null where nothing tells"),
    measured: z.string().describe("how it was found out"),
    figures: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  })
  .meta({ id: "HealthPart" });
export type HealthPart = z.infer<typeof healthPart>;

export const healthContract = contract({
  id: "health.detailed",
  method: "GET",
  path: "/api/tenancy/health/detailed",
  summary: "Show how each part of Tenantry stands, measured now: always 200, with an overall state.",
  access: "system:read",
  input: z.object({}),
  output: z.object({
    state: z.enum(healthStates).describe("the worst of the parts; unknown counts as degraded"),
    parts: z.array(healthPart),
    at: time,
    tookMs: z.number(),
  }),
});
export type HealthView = z.infer<(typeof healthContract)["output"]>;

export const processShape = z
  .object({
    id: z.uuid(),
    kind: z.enum(["web", "worker"]),
    host: z.string(),
    pid: z.int(),
    version: z.string().describe("Tenantry's"),
    node: z.string(),
    startedAt: time,
    uptimeSeconds: z.number(),
    memoryMb: z.number().describe("resident set, MiB"),
  })
  .meta({ id: "OwnProcess" });

export const systemContract = contract({
  id: "system.show",
  method: "GET",
  path: "/api/tenancy/system",
  summary: "Show versions, processes, settings in force without their secrets, retention, limits and counts.",
  access: "system:read",
  input: z.object({}),
  output: z.object({
    version: z.string().describe("Tenantry's"),
    node: z.string(),
    platform: z.string(),
    processes: z.array(processShape).describe("those that answered when asked now"),
    silent: z.int().describe("processes that hold their connection to the control database but did not answer"),
    control: z.object({
      version: z.string().describe("PostgreSQL's"),
      database: z.string(),
      embedded: z.boolean().describe("whether Tenantry starts it itself"),
      startedAt: time,
      bytes: z.number(),
    }),
    servers: z.array(z.object({ id: z.uuid(), name: z.string(), version: z.string().nullable() })),
    settings: z.array(
      z.object({
        name: z.string(),
        value: z.string().nullable().describe("null for a secret, and where nothing is set"),
        secret: z.boolean().describe("whether it holds a secret, which is left out"),
        source: z.enum(["environment", "default"]),
      }),
    ),
    retention: z.array(z.object({ what: z.string(), days: z.number().describe("0: for good") })),
    limits: z.array(z.object({ what: z.string(), value: z.number(), unit: z.string() })),
    counts: z.record(z.string(), z.int()),
    at: time,
  }),
});

export const cacheNames = ["answers", "data-keys", "resolutions", "redis"] as const;
export type CacheName = (typeof cacheNames)[number];

export const cacheView = z
  .object({
    name: z.enum(cacheNames),
    words: z.string(),
    holder: z.string().describe("the process or service that keeps it"),
    entries: z.int().nullable(),
    bytes: z.number().nullable(),
    hits: z.number().nullable().describe("since its process began"),
    misses: z.number().nullable(),
    oldestAt: time.nullable().describe("when its oldest entry was made"),
  })
  .meta({ id: "Cache" });
export type CacheView = z.infer<typeof cacheView>;

export const listCachesContract = contract({
  id: "caches.list",
  method: "GET",
  path: "/api/tenancy/caches",
  summary: "List every cache of every process, with what is counted of it; null is not counted.",
  access: "system:read",
  list: "caches",
  input: z.object({}),
  output: z.object({ caches: z.array(cacheView), silent: z.int(), at: time }),
});

export const clearCachesContract = contract({
  id: "caches.clear",
  method: "POST",
  path: "/api/tenancy/caches/clear",
  summary: "Forget what caches keep, in every process: what is asked next is read anew.",
  access: "system:maintain",
  input: z.object({
    caches: z.array(z.enum(cacheNames)).max(10).default([]).describe("which; none: all of them"),
  }),
  output: z.object({
    cleared: z.array(z.enum(cacheNames)),
    removed: z.int().nullable().describe("entries removed from Redis; null where there is none, or it was not cleared"),
    words: z.string(),
  }),
});
