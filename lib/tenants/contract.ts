import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { displayName, hostname, plans, slug } from "@/lib/kernel/naming";
import { tagsShape } from "@/lib/kernel/scope";
import {
  activityView,
  settableStatuses,
  stepView,
  tenantFilter,
  tenantSorts,
  tenantStatuses,
  tenantView,
} from "./shapes";

const id = z.object({ id: z.uuid("This is not a tenant's id.") });
const plan = z.enum(plans, "Choose one of the plans.");
const region = z.string().trim().min(1, "Name the region.").max(40, "Use at most 40 characters.");

export const listTenantsContract = contract({
  id: "tenants.list",
  method: "GET",
  path: "/api/tenancy/tenants",
  summary: "List tenants with their newest figures, searched, filtered and sorted.",
  access: "tenants:read",
  scoped: true,
  input: z.object({
    ...tenantFilter,
    sort: z.enum(tenantSorts).default("name"),
    order: z.enum(["asc", "desc"]).default("asc"),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    tenants: z.array(tenantView),
    total: z.int(),
    counts: z
      .record(z.enum(tenantStatuses), z.int())
      .describe("all tenants within reach by status, whatever the filter"),
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
  input: id,
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
  summary: "Change a tenant's name, plan, region or tags; refused when somebody changed it since `version`.",
  access: "tenants:update",
  scoped: true,
  input: id.extend({
    version: z.int(),
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
  input: id,
  output: z.object({ steps: z.array(stepView) }),
});

export const listActivitiesContract = contract({
  id: "activities.list",
  method: "GET",
  path: "/api/tenancy/activities",
  summary: "List what happened to tenants, newest first.",
  access: "activities:read",
  scoped: true,
  input: z.object({
    tenant: z.uuid().optional(),
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional()
      .describe("the id of the last activity of the page before"),
    limit: z.coerce.number().int().min(1).max(200).default(20),
  }),
  output: z.object({ activities: z.array(activityView), next: z.string().nullable() }),
});
