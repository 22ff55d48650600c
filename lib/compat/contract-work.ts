import { z } from "zod";
import type { Permission } from "@/lib/kernel/permissions";
import { settableStatuses } from "@/lib/tenants/shapes";
import { declared, tenantId } from "./contract-endpoint";

export const run = z.object({
  run_id: z.uuid(),
  status: z.string().describe("planned: it waits for a person who confirms it"),
  address: z.string().describe("where the run is seen, confirmed and followed"),
});

const never = (words: string) => z.literal(false, words).optional();

type One = { word: string; action: string; access: Permission; what: string; input: z.ZodRawShape };

const ones: One[] = [
  {
    ...{ word: "migrate", action: "migrate", access: "schema:migrate", what: "Migrate a tenant's database" },
    input: {
      fresh: never("POST …/reset makes a database anew."),
      seed: never("POST …/seed once the migration has ended."),
    },
  },
  {
    ...{ word: "seed", action: "seed", access: "schema:migrate", what: "Seed a tenant's database" },
    input: { class: z.null("The seed is the installation's own (TENANT_SEED).").optional() },
  },
  { word: "export", action: "export-data", access: "data:export", what: "Export a tenant's data", input: {} },
];

/** The endpoints that begin a run of one tenant, with the action they do. */
export const onOne = ones.map(({ word, action, access, what, input }) => ({
  action,
  ...declared({
    ...{
      id: `tenants.${word}`,
      method: "POST",
      path: `/tenancy/tenants/{id}/${word}`,
      access,
      scoped: true,
      status: 202,
    },
    ...{ stepUp: "people", summary: `${what}, in artflow's form: a run of one tenant, which goes on after this.` },
    input: z.object({ ...tenantId, ...input }),
    data: run,
  }),
}));

export const reset = declared({
  ...{
    id: "tenants.reset",
    method: "POST",
    path: "/tenancy/tenants/{id}/reset",
    access: "data:reset",
    scoped: true,
    status: 202,
  },
  ...{
    stepUp: "people",
    summary: "Make a tenant's database anew, in artflow's form: with its slug as confirmation.",
  },
  input: z.object({ ...tenantId, confirm: z.string("Send the tenant's slug as confirm: all data goes.") }),
  data: run,
});

const ids = z.array(z.uuid("This is not a tenant's id.")).min(1).max(10_000).optional();

export const bulkStatus = declared({
  ...{
    id: "bulk.status",
    method: "PUT",
    path: "/tenancy/bulk-status-update",
    access: "tenants:status",
    scoped: true,
    status: 202,
  },
  summary: "Set the status of many tenants, in artflow's form: planned, and done when a person confirms.",
  input: z.object({ tenant_ids: ids, tenant_uuids: ids, status: z.enum(settableStatuses) }),
  data: run.extend({ updated_count: z.literal(0).describe("nothing is done before the run is confirmed") }),
});

const manies: One[] = [
  {
    ...{ word: "migrate-all-tenants", action: "migrate", access: "schema:migrate", what: "Migrate all tenants" },
    input: {
      fresh: never("Reset is planned by POST /api/tenancy/actions/bulk-reset."),
      seed: never("Seed once the run has ended."),
    },
  },
  { word: "seed-all-tenants", action: "seed", access: "schema:migrate", what: "Seed all tenants", input: {} },
  {
    ...{
      word: "maintenance/on",
      action: "start-maintenance",
      access: "tenants:maintain",
      what: "Begin maintenance of all tenants' apps",
    },
    input: { message: z.string().max(500).default("We are working on this, and will be back soon.") },
  },
  {
    word: "maintenance/off",
    action: "end-maintenance",
    access: "tenants:maintain",
    what: "End maintenance of all tenants' apps",
    input: {},
  },
];

/** The endpoints that plan a run of many tenants, with the action they do. */
export const onMany = manies.map(({ word, action, access, what, input }) => ({
  action,
  ...declared({
    ...{
      id: `bulk.${word.replace("/", "-")}`,
      method: "POST",
      path: `/tenancy/${word}`,
      access,
      scoped: true,
      status: 202,
    },
    summary: `${what}, in artflow's form: planned, and done when a person confirms.`,
    input: z.object(input),
    data: run,
  }),
}));

const clearing = [
  ["POST", "/tenancy/clear-cache", "cache.clear"],
  ["DELETE", "/tenancy/clear-cache", "cache.forget"],
  ["POST", "/tenancy/clear-all-caches", "cache.clearAll"],
  ["DELETE", "/tenancy/clear-all-caches", "cache.forgetAll"],
  ["DELETE", "/admin/monitoring/clear-caches", "cache.clearMonitoring"],
] as const;

export const caches = clearing.map(([method, path, id]) =>
  declared({
    ...{ id, method, path, access: "system:maintain" },
    summary: "Forget what caches keep, in artflow's form: all of them, in every process.",
    input: z.object({}),
    data: z.object({ cleared: z.array(z.string()) }),
  }),
);

/** What is done to tenants, to one at once or planned for many, and to caches. */
export const workEndpointContracts = [...onOne, reset, bulkStatus, ...onMany, ...caches];
