import { z } from "zod";
import { contract } from "@/lib/kernel/contract";
import { chosenColumns } from "@/lib/kernel/csv";
import { metricNames } from "@/lib/kernel/metrics";
import { displayName, hostname, plans, slug } from "@/lib/kernel/naming";
import { numberedPageInput } from "@/lib/kernel/page";
import { tagsShape } from "@/lib/kernel/scope";
import { type TenantView, tenantFilter, tenantSorts, tenantStatuses, tenantView } from "./shapes";

export const tenantKey = z.object({ id: z.uuid("This is not a tenant's id.") });

const plan = z.enum(plans, "Choose one of the plans.");
const region = z.string().trim().min(1, "Name the region.").max(40, "Use at most 40 characters.");

/** Of what a tenant's ETag is made: what people decide about it, and what came of that. Its domains have their own address. */
export function tenantState(tenant: TenantView) {
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

/** The columns of the tenants' download. */
export const exportedColumns = [
  "id",
  "slug",
  "name",
  "status",
  "statusReason",
  "plan",
  "region",
  "tags",
  "server",
  "database",
  "domain",
  "createdAt",
  ...metricNames,
  "measuredAt",
] as const;

/** A download of the list, every page of it, with the list's own filters. */
export const exportTenantsContract = contract({
  id: "tenants.export",
  method: "GET",
  path: "/api/tenancy/tenants/export",
  summary: "Download the tenants with their newest figures as CSV, filtered as the list is.",
  access: "reports:read",
  scoped: true,
  answers: ["text/csv"],
  input: z.object({ ...tenantFilter, columns: chosenColumns(exportedColumns) }),
  output: z.string(),
});

export const showTenantContract = contract({
  id: "tenants.show",
  method: "GET",
  path: "/api/tenancy/tenants/{id}",
  summary: "Show a tenant with its domains and newest figures.",
  access: "tenants:read",
  scoped: true,
  state: tenantState,
  input: tenantKey,
  output: tenantView,
});

export const showTenantBySlugContract = contract({
  id: "tenants.bySlug",
  method: "GET",
  path: "/api/tenancy/tenants/by-slug/{slug}",
  summary: "Show a tenant by its slug.",
  access: "tenants:read",
  scoped: true,
  state: tenantState,
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
  state: tenantState,
  guarded: true,
  input: tenantKey.extend({
    version: z.int().optional().describe("the version that was read; needed unless If-Match is sent"),
    name: displayName.optional(),
    plan: plan.optional(),
    region: region.optional(),
    tags: tagsShape.optional(),
  }),
  output: tenantView,
});
