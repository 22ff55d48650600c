import type { z } from "zod";
import { findPlanOperation } from "@/lib/bulk/plan-operations";
import { findTenantOperation } from "@/lib/bulk/tenant-operations";
import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation, Operation } from "@/lib/gate/operation";
import { clearCaches } from "@/lib/system/clear-caches";
import { findTenant } from "@/lib/tenants/find";
import * as contracts from "../contract-work";
import { endpoint, inside, invalid } from "./envelope";

function runData(view: unknown): z.infer<typeof contracts.run> {
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

const onOne = contracts.onOne.map(({ action, ...one }) =>
  endpoint(one, async (ctx, { id }) => await runOne(ctx, action, id)),
);

const reset = endpoint(contracts.reset, async (ctx, { id, confirm }) => {
  const { slug } = await findTenant(ctx, id);
  if (confirm !== slug) throw invalid({ confirm: `Type ${slug} to confirm; nothing was reset.` });
  return await runOne(ctx, "reset", id);
});

const statusActions = { active: "activate", inactive: "deactivate", suspended: "suspend", blocked: "block" } as const;

const bulkStatus = endpoint(contracts.bulkStatus, async (ctx, { tenant_ids, tenant_uuids, status }) => {
  const tenants = tenant_ids ?? tenant_uuids;
  if (!tenants) throw invalid({ tenant_ids: "Name at least one tenant." });
  const { data, message } = await planMany(ctx, statusActions[status], { tenants });
  return { data: { ...data, updated_count: 0 as const }, message };
});

const onMany = contracts.onMany.map(({ action, ...one }) =>
  endpoint(one, async (ctx, given) => {
    const { message } = given as { message?: string };
    return await planMany(ctx, action, { filter: {}, input: message === undefined ? {} : { message } });
  }),
);

const caches = contracts.caches.map((one) =>
  endpoint(one, async (ctx) => {
    const { cleared, words } = await inside(ctx, clearCaches, { caches: [] });
    return { data: { cleared }, message: words };
  }),
);

/** What is done to tenants, to one at once or planned for many, and to caches. */
export const workEndpoints: readonly AnyOperation[] = [...onOne, reset, bulkStatus, ...onMany, ...caches];
