import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { displayName, hostname, plans, slug } from "@/lib/kernel/naming";
import { numberedPageInput, pageInput } from "@/lib/kernel/page";
import { tagsShape } from "@/lib/kernel/scope";
import {
  activityView,
  settableStatuses,
  stepView,
  type TenantView,
  tenantFilter,
  tenantLimits,
  tenantSettings,
  tenantSorts,
  tenantStatuses,
  tenantUsage,
  tenantView,
} from "./shapes";

const id = z.object({ id: z.uuid("This is not a tenant's id.") });
const plan = z.enum(plans, "Choose one of the plans.");
const region = z.string().trim().min(1, "Name the region.").max(40, "Use at most 40 characters.");

/** Of what a tenant's ETag is made: what people decide about it, and what came of that. Its domains have their own address. */
function stateOf(tenant: TenantView) {
  const { id, slug, name, status, statusReason, statusBefore, plan, region, tags, limits, purgeAfter } = tenant;
  return {
    id,
    slug,
    name,
    status,
    statusReason,
    statusBefore,
    plan,
    region,
    tags,
    limits,
    purgeAfter,
    server: tenant.server.id,
  };
}

export const listTenantsContract = contract({
  id: "tenants.list",
  method: "GET",
  path: "/api/tenancy/tenants",
  summary: "List tenants with their newest figures, searched, filtered and sorted.",
  access: "tenants:read",
  scoped: true,
  list: "tenants",
  input: z.object({
    ...tenantFilter,
    sort: z.enum(tenantSorts).default("name"),
    order: z.enum(["asc", "desc"]).default("asc"),
    ...numberedPageInput(50),
  }),
  output: z.object({
    tenants: z.array(tenantView),
    total: z.int(),
    counts: z
      .record(z.enum(tenantStatuses), z.int())
      .describe("all tenants within reach by status, whatever the filter"),
    next: z.string().nullable(),
  }),
});

const facet = z.array(z.object({ value: z.string(), tenants: z.int() }));

export const tenantFacetsContract = contract({
  id: "tenants.facets",
  method: "GET",
  path: "/api/tenancy/tenants/facets",
  summary: "List the regions, plans and tags there are, with how many tenants within reach have each.",
  access: "tenants:read",
  scoped: true,
  input: z.object({}),
  output: z.object({ regions: facet, plans: facet, tags: facet }),
});

/** A download of the list, every page of it, with the list's own filters. */
export const exportTenantsContract = contract({
  id: "tenants.export",
  method: "GET",
  path: "/api/tenancy/tenants/export",
  summary: "Download the tenants with their newest figures as CSV, filtered as the list is.",
  access: "reports:read",
  scoped: true,
  answers: ["text/csv"],
  input: z.object({ ...tenantFilter }),
  output: z.string(),
});

export const showTenantContract = contract({
  id: "tenants.show",
  method: "GET",
  path: "/api/tenancy/tenants/{id}",
  summary: "Show a tenant with its domains and newest figures.",
  access: "tenants:read",
  scoped: true,
  state: stateOf,
  input: id,
  output: tenantView,
});

export const showTenantBySlugContract = contract({
  id: "tenants.bySlug",
  method: "GET",
  path: "/api/tenancy/tenants/by-slug/{slug}",
  summary: "Show a tenant by its slug.",
  access: "tenants:read",
  scoped: true,
  state: stateOf,
  input: z.object({ slug: z.string().min(1).max(63) }),
  output: tenantView,
});

export const createTenantContract = contract({
  id: "tenants.create",
  method: "POST",
  path: "/api/tenancy/tenants",
  summary: "Create a tenant: its registry entry now, its database and role by resumable steps.",
  access: "tenants:create",
  scoped: true,
  status: 202,
  input: z.object({
    name: displayName,
    slug,
    domain: z.union([z.literal("").transform(() => undefined), hostname]).optional(),
    plan: plan.default("starter"),
    serverId: z.uuid("Choose a server."),
    region: region.optional().describe("the server's region unless told"),
    tags: tagsShape.default([]),
  }),
  output: tenantView,
});

export const adoptTenantContract = contract({
  id: "tenants.adopt",
  method: "POST",
  path: "/api/tenancy/tenants/adopt",
  summary: "Adopt an existing database as a tenant: nothing in it is changed, a role of its own is made.",
  access: "tenants:create",
  status: 202,
  input: z.object({
    name: displayName,
    slug,
    domain: z.union([z.literal("").transform(() => undefined), hostname]).optional(),
    plan: plan.default("starter"),
    serverId: z.uuid("Choose a server."),
    database: z.string().min(1, "Choose a database.").max(63, "A database name has at most 63 bytes."),
  }),
  output: tenantView,
});

export const editTenantContract = contract({
  id: "tenants.edit",
  method: "PATCH",
  path: "/api/tenancy/tenants/{id}",
  summary:
    "Change a tenant's name, plan, region or tags; refused when somebody changed it since `version` or If-Match.",
  access: "tenants:update",
  scoped: true,
  state: stateOf,
  guarded: true,
  input: id.extend({
    version: z.int().optional().describe("the version that was read; needed unless If-Match is sent"),
    name: displayName.optional(),
    plan: plan.optional(),
    region: region.optional(),
    tags: tagsShape.optional(),
  }),
  output: tenantView,
});

export const setTenantStatusContract = contract({
  id: "tenants.setStatus",
  method: "PUT",
  path: "/api/tenancy/tenants/{id}/status",
  summary: "Activate, deactivate, suspend or block a tenant; PostgreSQL itself enforces it before this answers.",
  access: "tenants:status",
  scoped: true,
  state: stateOf,
  guarded: true,
  input: id.extend({
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
  state: stateOf,
  guarded: true,
  input: id.extend({
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
  state: stateOf,
  guarded: true,
  input: id,
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
  input: id,
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
  input: id,
  output: z.object({ steps: z.array(stepView) }),
});

const activityFilter = {
  type: z.array(z.string().max(60)).default([]),
  actor: z.string().max(200).optional().describe("exactly this one, as the activities name it"),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional().describe("the first moment that is left out"),
};

export const listActivitiesContract = contract({
  id: "activities.list",
  method: "GET",
  path: "/api/tenancy/activities",
  summary: "List what happened to tenants, newest first.",
  access: "activities:read",
  scoped: true,
  list: "activities",
  input: z.object({ tenant: z.uuid().optional(), ...activityFilter, ...pageInput(20) }),
  output: z.object({ activities: z.array(activityView), next: z.string().nullable() }),
});

export const listTenantActivitiesContract = contract({
  id: "tenants.activities",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/activities",
  summary: "List what happened to a tenant, newest first.",
  access: "activities:read",
  scoped: true,
  list: "activities",
  input: id.extend({ ...activityFilter, ...pageInput(20) }),
  output: z.object({ activities: z.array(activityView), next: z.string().nullable() }),
});

export const tenantUsageContract = contract({
  id: "tenants.usage",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/usage",
  summary:
    "Show the newest value of each metric of a tenant: how it was measured, when, and its limit. Unknown is null.",
  access: "metrics:read",
  scoped: true,
  input: id,
  output: tenantUsage,
});

export const showTenantSettingsContract = contract({
  id: "tenants.settings",
  method: "GET",
  path: "/api/tenancy/tenants/{id}/settings",
  summary: "Show a tenant's settings: the limits that PostgreSQL holds its role to, and the storage that is watched.",
  access: "tenants:read",
  scoped: true,
  state: (settings) => settings,
  input: id,
  output: tenantSettings,
});

export const editTenantSettingsContract = contract({
  id: "tenants.editSettings",
  method: "PATCH",
  path: "/api/tenancy/tenants/{id}/settings",
  summary: "Change a tenant's limits; PostgreSQL itself holds to them before this answers.",
  access: "tenants:update",
  scoped: true,
  guarded: true,
  input: id.extend({
    limits: z
      .strictObject(tenantLimits.partial().shape)
      .refine((limits) => Object.values(limits).some((value) => value !== undefined), "Name at least one limit.")
      .describe("what is left out stays as it is; null takes a limit away"),
  }),
  output: tenantSettings,
});
