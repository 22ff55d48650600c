import { z } from "zod";
import { settableStatuses, tenantStatuses } from "@/lib/tenants/shapes";
import { declared, tenantId, time } from "./contract-endpoint";

export const compatDomain = z
  .object({
    id: z.uuid(),
    domain: z.string(),
    tenant_id: z.uuid(),
    is_primary: z.boolean(),
    verified: z.boolean(),
    created_at: time,
  })
  .meta({ id: "CompatDomain" });

export const compatTenant = z
  .object({
    id: z.uuid(),
    uuid: z.uuid(),
    name: z.string(),
    slug: z.string(),
    status: z.enum(tenantStatuses),
    database_name: z.string(),
    primary_domain: z.string().nullable(),
    has_homepage: z.null(),
    last_accessed_at: z.null().describe("not measured"),
    created_at: time,
    updated_at: time,
    domains: z.array(compatDomain),
  })
  .meta({ id: "CompatTenant" });
export const status = z.enum(settableStatuses, "Choose active, inactive, suspended or blocked.");

export const sorts = { name: "name", created_at: "createdAt", status: "status" } as const;
const perPage = 15;
const loose = z.record(z.string().max(200), z.json());
const ignored = z.array(z.string()).describe("fields that have no place here, and were not kept");

export const list = declared({
  ...{ id: "tenants.list", method: "GET", path: "/tenancy/tenants", access: "tenants:read", scoped: true },
  summary: "List tenants by pages, in artflow's form.",
  input: z.object({
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    per_page: z.coerce.number().int().min(1).max(100).default(perPage),
    search: z.string().trim().max(200).default(""),
    status: status.optional(),
    sort: z.enum(Object.keys(sorts) as (keyof typeof sorts)[]).default("created_at"),
    order: z.enum(["asc", "desc"]).default("desc"),
  }),
  data: z.object({
    ...{ current_page: z.int(), data: z.array(compatTenant), from: z.int().nullable(), last_page: z.int() },
    ...{ per_page: z.int(), to: z.int().nullable(), total: z.int() },
  }),
});

const creation = z.object({
  name: z.string(),
  domain: z.string().max(255).describe("a domain, or a host under the apps' own domain, which then gives the slug"),
  server_id: z.uuid().optional().describe("needed where there are several servers"),
  status: z.literal("active", "A new tenant becomes active. Set another status when its steps have ended.").optional(),
  run_migrations: z.boolean().optional().describe("the steps do so anyway where migrations are configured"),
  database_name: z
    .null("The database gets a name of its own. Adopt an existing one by POST /api/tenancy/tenants/adopt.")
    .optional(),
  notes: z.string().max(1000).nullish(),
  settings: loose.optional(),
});

const creating = (id: string, path: `/${string}`) =>
  declared({
    ...{ id, method: "POST", path, access: "tenants:create", scoped: true, status: 201 },
    summary: "Create a tenant, in artflow's form: its database is made by steps that go on after this.",
    input: creation,
    data: compatTenant.extend({ migrations_run: z.null().describe("the steps tell"), ignored }),
  });

export const create = creating("tenants.create", "/tenancy/tenants/create");
export const store = creating("tenants.store", "/tenancy/tenants");

export const show = declared({
  ...{ id: "tenants.show", method: "GET", path: "/tenancy/tenants/{id}", access: "tenants:read", scoped: true },
  summary: "Show a tenant, in artflow's form.",
  input: z.object(tenantId),
  data: compatTenant.extend({
    statistics: z.object({
      database_size_mb: z.number().nullable().describe("MiB, as measured last"),
      tables_count: z.null().describe("not measured"),
      last_activity: z.iso.datetime().nullable(),
    }),
  }),
});

export const update = declared({
  ...{ id: "tenants.update", method: "PUT", path: "/tenancy/tenants/{id}", access: "tenants:update", scoped: true },
  summary: "Change a tenant's name and status, in artflow's form.",
  input: z.object({
    ...tenantId,
    name: z.string().optional(),
    status: status.optional(),
    notes: z.string().max(1000).nullish(),
    settings: loose.optional(),
  }),
  data: compatTenant.extend({ ignored }),
});

export const remove = declared({
  ...{
    id: "tenants.remove",
    method: "DELETE",
    path: "/tenancy/tenants/{id}",
    access: "tenants:delete",
    scoped: true,
  },
  ...{
    stepUp: "people",
    summary: "Delete a tenant, in artflow's form: with its slug as confirmation, and a time of grace.",
  },
  input: z.object({ ...tenantId, confirm: z.string("Send the tenant's slug as ?confirm= to delete it.") }),
  data: z.object({ tenant_id: z.uuid(), purge_after: z.iso.datetime().nullable() }),
});

/** Tenants: listed, made, changed, deleted. */
export const tenantEndpointContracts = [list, create, store, show, update, remove];
