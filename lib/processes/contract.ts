import { z } from "zod";
import { contract } from "@/lib/kernel/contract";

const time = z.iso.datetime();

export const processStates = ["running", "silent", "stopped"] as const;
export type ProcessState = (typeof processStates)[number];

const state = z.enum(processStates).describe("silent: it has said nothing for 15 seconds");

const held = {
  open: z.int(),
  idle: z.int(),
  waiting: z.int().describe("requests that wait for a connection"),
};

const counted = {
  connects: z.number().describe("connections opened"),
  reuses: z.number().describe("loans of a connection that was open already"),
  waits: z.number().describe("loans that had to be waited for"),
  waitMs: z.number().describe("sum of the times waited"),
  evictions: z.number().describe("connections closed because they were unused, or another tenant needed the room"),
  timeouts: z.number().describe("requests that got 503 because no connection came free"),
};

/** One app process that uses the runtime. Counts are since its start; the rest is as of `seenAt`. */
export const processView = z
  .object({
    id: z.uuid(),
    app: z.string(),
    host: z.string(),
    pid: z.int(),
    state,
    startedAt: time,
    seenAt: time,
    stoppedAt: time.nullable(),
    limits: z.object({ perTenant: z.int(), total: z.int(), waitMs: z.int(), mostWaiting: z.int() }),
    ...held,
    tenants: z.int().describe("tenants to which connections are kept"),
    ...counted,
    losses: z.number().describe("connections lost, or closed because they could not be made clean"),
    lookups: z.number().describe("look-ups of a tenant"),
    memoryHits: z.number().describe("those that the process's memory answered"),
    redisHits: z.number(),
  })
  .meta({ id: "RuntimeProcess" });
export type ProcessView = z.infer<typeof processView>;

export const listProcessesContract = contract({
  id: "runtime.processes",
  method: "GET",
  path: "/api/tenancy/runtime/processes",
  summary: "List the app processes that use the runtime, with their pools' figures.",
  access: "metrics:read",
  list: "processes",
  input: z.object({
    ended: z
      .union([z.boolean(), z.stringbool()])
      .default(false)
      .describe("also those that stopped, or have been silent for an hour"),
  }),
  output: z.object({ processes: z.array(processView), at: time }),
});

/** One tenant's connections over the running app processes. Counts begin anew after an hour without any use. */
export const tenantPoolView = z.object({
  tenant: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
  processes: z.int(),
  ...held,
  ...counted,
});
export type TenantPoolView = z.infer<typeof tenantPoolView>;

export const poolSorts = ["open", "waiting", "waits", "waitMs", "timeouts", "evictions", "connects"] as const;
export type PoolSort = (typeof poolSorts)[number];

export const listPoolsContract = contract({
  id: "runtime.pools",
  method: "GET",
  path: "/api/tenancy/runtime/pools",
  summary: "List tenants by the connections that running app processes keep to them, or by how requests waited.",
  access: "metrics:read",
  scoped: true,
  list: "pools",
  input: z.object({
    process: z.uuid().optional().describe("only what this process keeps"),
    sort: z.enum(poolSorts).default("open"),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  output: z.object({ pools: z.array(tenantPoolView), total: z.int(), at: time }),
});

/** What one process keeps for one tenant. */
export const holderView = z.object({
  process: z.object({ id: z.uuid(), app: z.string(), host: z.string(), pid: z.int(), state, seenAt: time }),
  perTenant: z.int().describe("the most connections that this process opens to one tenant"),
  ...held,
  ...counted,
});
export type HolderView = z.infer<typeof holderView>;

export const showHoldersContract = contract({
  id: "runtime.tenant",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/connections",
  summary: "Show which app processes keep connections to a tenant's database, and who waits for one.",
  access: "metrics:read",
  scoped: true,
  list: "holders",
  input: z.object({ id: z.uuid() }),
  output: z.object({ holders: z.array(holderView), at: time }),
});
