import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

const time = z.iso.datetime();

/** One app process that uses the runtime. Counts are since its start; gauges as of `seenAt`. */
export const processView = z.object({
  id: z.uuid(),
  app: z.string(),
  host: z.string(),
  pid: z.int(),
  state: z.enum(["running", "silent", "stopped"]).describe("silent: it has said nothing for 15 seconds"),
  startedAt: time,
  seenAt: time,
  limits: z.object({ perTenant: z.int(), total: z.int(), waitMs: z.int(), mostWaiting: z.int() }),
  open: z.int(),
  idle: z.int(),
  waiting: z.int(),
  tenants: z.int().describe("tenants to which connections are kept"),
  connects: z.number(),
  reuses: z.number(),
  waits: z.number(),
  waitMs: z.number().describe("sum of the times waited"),
  evictions: z.number(),
  timeouts: z.number().describe("requests that got 503 because no connection came free"),
  losses: z.number(),
  lookups: z.number(),
  memoryHits: z.number(),
  redisHits: z.number(),
});
export type ProcessView = z.infer<typeof processView>;

export const listProcessesContract = contract({
  id: "runtime.processes",
  method: "GET",
  path: "/api/tenancy/runtime/processes",
  summary: "List the app processes that use the runtime, with their pools' figures.",
  access: "metrics:read",
  input: z.object({ stopped: z.union([z.boolean(), z.stringbool()]).default(false).describe("those that ended, too") }),
  output: z.object({ processes: z.array(processView), at: time }),
});

/** One tenant's connections over the app processes. */
export const tenantPoolView = z.object({
  tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  processes: z.int(),
  open: z.int(),
  idle: z.int(),
  waiting: z.int(),
  connects: z.number(),
  reuses: z.number(),
  waits: z.number(),
  waitMs: z.number(),
  evictions: z.number(),
  timeouts: z.number(),
});
export type TenantPoolView = z.infer<typeof tenantPoolView>;

export const listPoolsContract = contract({
  id: "runtime.pools",
  method: "GET",
  path: "/api/tenancy/runtime/pools",
  summary: "List tenants by the connections that app processes keep to them, or by how long requests waited.",
  access: "metrics:read",
  scoped: true,
  input: z.object({
    tenant: z.uuid().optional(),
    process: z.uuid().optional(),
    sort: z.enum(["open", "waiting", "waits", "waitMs", "timeouts", "evictions", "connects"]).default("open"),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  output: z.object({ pools: z.array(tenantPoolView), at: time }),
});
