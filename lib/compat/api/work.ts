import { z } from "zod";
import { findPlanOperation } from "@/lib/bulk/plan-operations";
import { findTenantOperation } from "@/lib/bulk/tenant-operations";
import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation, Operation } from "@/lib/gate/operation";
import type { Permission } from "@/lib/kernel/permissions";
import { clearCaches } from "@/lib/system/clear-caches";
import { findTenant } from "@/lib/tenants/find";
import { settableStatuses } from "@/lib/tenants/shapes";
import { endpoint, inside, invalid, tenantId } from "./envelope";

const run = z.object({
  run_id: z.uuid(),
  status: z.string().describe("planned: it waits for a person who confirms it"),
  address: z.string().describe("where the run is seen, confirmed and followed"),
});

function runData(view: unknown): z.infer<typeof run> {
  const { id, status } = view as { id: string; status: string };
  return { run_id: id, status, address: `/api/tenancy/bulk-runs/${id}` };
}

async function runOne(ctx: Ctx, action: string, id: string, input: object = {}) {
  const op = findTenantOperation(action) as Operation;
  const data = runData(await inside(ctx, op, { id, ...input }));
  const message = data.status === "running" ? "It has begun, and goes on after this." : "It waits for a second person.";
  return { data, message };
}

async function planMany(ctx: Ctx, action: string, more: object) {
  const data = runData(
    await inside(ctx, findPlanOperation(`bulk-${action}`) as Operation, more, { tenants: "tenant_ids" }),
  );
  return { data, message: "It is planned, and begins when a person has confirmed it." };
}

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

const onOne = ones.map(({ word, action, access, what, input }) =>
  endpoint(
    {
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
    },
    async (ctx, { id }) => await runOne(ctx, action, id),
  ),
);

const reset = endpoint(
  {
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
  },
  async (ctx, { id, confirm }) => {
    const { slug } = await findTenant(ctx, id);
    if (confirm !== slug) throw invalid({ confirm: `Type ${slug} to confirm; nothing was reset.` });
    return await runOne(ctx, "reset", id);
  },
);

const statusActions = { active: "activate", inactive: "deactivate", suspended: "suspend", blocked: "block" } as const;
const ids = z.array(z.uuid("This is not a tenant's id.")).min(1).max(10_000).optional();

const bulkStatus = endpoint(
  {
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
  },
  async (ctx, { tenant_ids, tenant_uuids, status }) => {
    const tenants = tenant_ids ?? tenant_uuids;
    if (!tenants) throw invalid({ tenant_ids: "Name at least one tenant." });
    const { data, message } = await planMany(ctx, statusActions[status], { tenants });
    return { data: { ...data, updated_count: 0 as const }, message };
  },
);

type Many = One & { filled?: object };

const manies: Many[] = [
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

const onMany = manies.map(({ word, action, access, what, input }) =>
  endpoint(
    {
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
    },
    async (ctx, given) => {
      const { message } = given as { message?: string };
      return await planMany(ctx, action, { filter: {}, input: message === undefined ? {} : { message } });
    },
  ),
);

const clearing = [
  ["POST", "/tenancy/clear-cache", "cache.clear"],
  ["DELETE", "/tenancy/clear-cache", "cache.forget"],
  ["POST", "/tenancy/clear-all-caches", "cache.clearAll"],
  ["DELETE", "/tenancy/clear-all-caches", "cache.forgetAll"],
  ["DELETE", "/admin/monitoring/clear-caches", "cache.clearMonitoring"],
] as const;

const caches = clearing.map(([method, path, id]) =>
  endpoint(
    {
      ...{ id, method, path, access: "system:maintain" },
      summary: "Forget what caches keep, in artflow's form: all of them, in every process.",
      input: z.object({}),
      data: z.object({ cleared: z.array(z.string()) }),
    },
    async (ctx) => {
      const { cleared, words } = await inside(ctx, clearCaches, { caches: [] });
      return { data: { cleared }, message: words };
    },
  ),
);

/** What is done to tenants, to one at once or planned for many, and to caches. */
export const workEndpoints: readonly AnyOperation[] = [...onOne, reset, bulkStatus, ...onMany, ...caches];
