import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { tenantKey, tenantState } from "./contract";
import { settableStatuses, stepView, tenantView } from "./shapes";

export const setTenantStatusContract = contract({
  id: "tenants.setStatus",
  method: "PUT",
  path: "/api/tenancy/tenants/{id}/status",
  summary: "Activate, deactivate, suspend or block a tenant; PostgreSQL itself enforces it before this answers.",
  access: "tenants:status",
  scoped: true,
  stepUp: "people",
  state: tenantState,
  guarded: true,
  input: tenantKey.extend({
    status: z.enum(settableStatuses),
    reason: z.string().trim().max(500, "Use at most 500 characters.").default(""),
  }),
  output: tenantView,
});

export const removeTenantContract = contract({
  id: "tenants.remove",
  method: "DELETE",
  path: "/api/tenancy/tenants/{id}",
  summary:
    "Delete a tenant: it is shut out now and can be restored until its time of grace is over, or is purged at once.",
  access: "tenants:delete",
  scoped: true,
  stepUp: "people",
  status: 202,
  state: tenantState,
  guarded: true,
  input: tenantKey.extend({
    confirm: z.string().describe("the tenant's slug, typed by the person"),
    purge: z
      .union([z.boolean(), z.stringbool()], "Say true or false.")
      .default(false)
      .describe("drop its database and role now, with no way back (an adopted database stays); needs tenants:purge"),
  }),
  output: tenantView,
});

export const restoreTenantContract = contract({
  id: "tenants.restore",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/restore",
  summary: "Restore a deleted tenant within its time of grace, with the status it had.",
  access: "tenants:delete",
  scoped: true,
  state: tenantState,
  guarded: true,
  input: tenantKey,
  output: tenantView,
});

export const resumeTenantContract = contract({
  id: "tenants.resume",
  method: "POST",
  path: "/api/tenancy/tenants/{id}/resume",
  summary: "Try the failed or waiting step of a tenant again, now.",
  access: "tenants:create",
  scoped: true,
  status: 202,
  input: tenantKey,
  output: z.object({ steps: z.array(stepView) }),
});

export const listTenantStepsContract = contract({
  id: "tenants.steps",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/steps",
  summary: "List the steps by which a tenant is being made or removed.",
  access: "tenants:read",
  scoped: true,
  list: "steps",
  input: tenantKey,
  output: z.object({ steps: z.array(stepView) }),
});
