import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { metricNames } from "@/lib/kernel/metrics";
import { health } from "@/lib/metrics/contract";
import { tenantStatuses, usage } from "@/lib/tenants/shapes";

const time = z.iso.datetime();

/** When it was measured, and how many seconds ago that was; null: never. */
const age = { measuredAt: time.nullable(), ageSeconds: z.number().nullable() };

const partial = z
  .boolean()
  .describe("true where the caller's rights reach only some tenants: whole servers are left out then");

const limit = z.coerce.number().int().min(1).max(200).default(20).describe("how many of the highest tenants");

export const monitoredTenant = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    status: z.enum(tenantStatuses),
    server: z.object({ id: z.uuid(), name: z.string() }),
    usage,
    ...age,
  })
  .meta({ id: "MonitoredTenant" });
export type MonitoredTenant = z.infer<typeof monitoredTenant>;

const server = { id: z.uuid(), name: z.string() };

/** Of a server that was asked just now. */
const asked = {
  answered: z.boolean(),
  error: z.string().nullable().describe("why it did not answer, within 4 s"),
};

export const liveContract = contract({
  id: "monitoring.live",
  method: "GET",
  path: "/api/tenancy/monitoring/live",
  summary: "Show the newest figures: totals, and the tenants highest in a metric, each with source and age.",
  access: "metrics:read",
  scoped: true,
  list: "top",
  input: z.object({ metric: z.enum(metricNames).default("cpu"), limit }),
  output: z.object({
    metric: z.enum(metricNames),
    unit: z.string(),
    partial,
    tenants: z.int(),
    totals: usage.describe("over all tenants within reach; unlike sources are never added to each other"),
    top: z.array(monitoredTenant).describe("highest first; tenants at zero are not among them"),
    ...age,
    at: time,
  }),
});

export const systemMonitorContract = contract({
  id: "monitoring.system",
  method: "GET",
  path: "/api/tenancy/monitoring/system",
  summary: "Show hosts with cores, memory and load, and servers with their disks and what no tenant owns.",
  access: "metrics:read",
  input: z.object({}),
  output: z.object({
    hosts: z
      .array(
        z.object({
          host: z.string(),
          cores: z.int(),
          memoryMb: z.number(),
          freeMb: z.number(),
          load: z.array(z.number()).describe("of 1, 5 and 15 minutes; empty where the system does not count it"),
          processes: z.array(z.object({ kind: z.enum(["web", "worker"]), pid: z.int(), memoryMb: z.number() })),
        }),
      )
      .describe("those on which a process of Tenantry answered just now, by its own look at its host"),
    silent: z.int().describe("processes that did not answer"),
    servers: z.array(
      z.object({
        ...server,
        region: z.string(),
        version: z.string().nullable(),
        state: z.enum(["ok", "stale", "unreachable", "new"]),
        cores: z.int().nullable().describe("known of local servers only, as are memory and disk"),
        memoryMb: z.number().nullable(),
        diskTotalMb: z.number().nullable(),
        diskFreeMb: z.number().nullable(),
        maxConnections: z.int().nullable(),
        cpu: z.object({
          tenants: z.number().nullable().describe("percent of one core"),
          unattributed: z.number().nullable(),
          unattributedShare: z.number().nullable().describe("0 to 1, of the server's whole"),
          source: z.string().nullable(),
        }),
        roundMs: z.number().nullable().describe("how long the collector's last round took"),
        ...age,
      }),
    ),
    at: time,
  }),
});

export const connectionsContract = contract({
  id: "monitoring.connections",
  method: "GET",
  path: "/api/tenancy/monitoring/connections",
  summary: "Show connections: by server and state against its limit, tenants by sessions, and app processes' pools.",
  access: "metrics:read",
  scoped: true,
  list: "top",
  input: z.object({ limit }),
  output: z.object({
    partial,
    servers: z.array(
      z.object({
        ...server,
        ...asked,
        total: z.int().nullable().describe("clients' sessions, asked now of pg_stat_activity"),
        byState: z.record(z.string(), z.int()).describe("active, idle, idle in transaction…"),
        limit: z.int().nullable().describe("max_connections"),
        reserved: z.int().nullable().describe("of those, for superusers and reserved roles"),
        left: z.int().nullable(),
      }),
    ),
    top: z.array(monitoredTenant).describe("tenants by connections"),
    pools: z.object({
      processes: z.int().describe("app processes that run"),
      open: z.int(),
      idle: z.int(),
      waiting: z.int(),
      source: z.literal("runtime_pools"),
    }),
    at: time,
  }),
});

export const performanceMonitorContract = contract({
  id: "monitoring.performance",
  method: "GET",
  path: "/api/tenancy/monitoring/performance",
  summary: "Show transactions, cache hits, temporary bytes, deadlocks, slow statements and response times.",
  access: "metrics:read",
  scoped: true,
  list: "slow",
  input: z.object({ limit }),
  output: z.object({
    partial,
    servers: z.array(
      z.object({
        ...server,
        ...asked,
        transactions: z.number().nullable().describe("per second, as of measuredAt"),
        ...age,
        cacheHit: z.number().nullable().describe("percent of pages read since countedSince"),
        tempBytes: z.number().nullable().describe("written since countedSince"),
        deadlocks: z.number().nullable().describe("since countedSince"),
        countedSince: time.nullable().describe("when these counters began anew; null: with the cluster"),
        long: z
          .object({ statements: z.int(), longestSeconds: z.number().nullable() })
          .nullable()
          .describe("that have been running for over a second"),
        slowFrom: z
          .string()
          .nullable()
          .describe("where slow statements are from; null: pg_stat_statements isn't there"),
      }),
    ),
    slow: z
      .array(
        z.object({
          server: z.object(server),
          tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
          statement: z
            .string()
            .describe("as pg_stat_statements keeps it, with $1 for constants; at most 300 characters"),
          calls: z.number(),
          meanMs: z.number(),
          totalMs: z.number(),
        }),
      )
      .describe("tenants' statements of the longest mean, since pg_stat_statements was last reset"),
    responses: z.object({
      meanMs: z.number().nullable().describe("weighed by requests; null where no tenant has any"),
      requests: z.number().nullable().describe("per second"),
      errors: z.number().nullable().describe("per second, of apps that tell"),
      tenants: z.int().describe("with a response time"),
      window: z.string(),
    }),
    slowest: z.array(monitoredTenant).describe("tenants by mean response time"),
    at: time,
  }),
});

export const memoryMonitorContract = contract({
  id: "monitoring.memory",
  method: "GET",
  path: "/api/tenancy/monitoring/memory",
  summary: "Show memory: backends' own, shared buffers, what no tenant owns, and tenants by memory. MiB.",
  access: "metrics:read",
  scoped: true,
  list: "top",
  input: z.object({ limit }),
  output: z.object({
    partial,
    servers: z.array(
      z.object({
        ...server,
        ...asked,
        private: z.number().nullable().describe("tenants' backends"),
        unattributed: z.number().nullable(),
        source: z.string().nullable(),
        buffers: z.number().nullable().describe("tenants' pages in shared buffers"),
        sharedBuffers: z.number().nullable().describe("shared_buffers, asked now"),
        host: z.number().nullable().describe("the host's memory, where the server is local"),
        ...age,
      }),
    ),
    top: z.array(monitoredTenant),
    at: time,
  }),
});

export const dashboardContract = contract({
  id: "monitoring.dashboard",
  method: "GET",
  path: "/api/tenancy/monitoring/dashboard",
  summary: "One answer for a wall display: counts, health, totals, servers, runs at work, open anomalies and leaks.",
  access: "metrics:read",
  scoped: true,
  input: z.object({}),
  output: z.object({
    partial,
    state: z.enum(["ok", "warning", "down"]).describe("the worst of health"),
    tenants: z.int(),
    counts: z.record(z.enum(tenantStatuses), z.int()),
    totals: usage,
    health: z.array(health),
    servers: z.array(z.object({ ...server, state: z.enum(["ok", "stale", "unreachable", "new"]), ...age })),
    runs: z.object({ atWork: z.int(), paused: z.int(), waiting: z.int().describe("planned, or for a second person") }),
    anomalies: z.int().describe("that go on"),
    leaks: z.int().nullable().describe("open isolation findings; null where the caller may not know"),
    failedSteps: z.int(),
    ...age,
    at: time,
  }),
});
