import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation } from "@/lib/gate/operation";
import { proposeSlug } from "@/lib/kernel/naming";
import { env } from "@/lib/platform/env";
import { createTenant } from "@/lib/tenants/create-tenant";
import { editTenant } from "@/lib/tenants/edit-tenant";
import { listTenants } from "@/lib/tenants/list-tenants";
import { removeTenant } from "@/lib/tenants/remove-tenant";
import type { TenantView } from "@/lib/tenants/shapes";
import { showTenant } from "@/lib/tenants/show-tenant";
import { endpoint, inside, invalid, tenantId } from "./envelope";
import { status, toStatus } from "./statuses";
import { compatTenant, tenantOf, tenantsOf } from "./tenant-shape";

const sorts = { name: "name", created_at: "createdAt", status: "status" } as const;
const perPage = 15;
const loose = z.record(z.string().max(200), z.json());
const ignored = z.array(z.string()).describe("fields that have no place here, and were not kept");

const list = endpoint(
  {
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
  },
  async (ctx, { page, per_page, search, status, sort, order }) => {
    const asked = { page, pageSize: per_page, search, status: status ? [status] : [], sort: sorts[sort], order };
    const { tenants, total } = await inside(ctx, listTenants, asked);
    const from = (page - 1) * per_page;
    const none = tenants.length === 0;
    return {
      data: {
        ...{ current_page: page, data: await tenantsOf(ctx, tenants), from: none ? null : from + 1 },
        ...{
          last_page: Math.max(1, Math.ceil(total / per_page)),
          per_page,
          to: none ? null : from + tenants.length,
          total,
        },
      },
    };
  },
);

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

const create = (id: string, path: `/${string}`) =>
  endpoint(
    {
      ...{ id, method: "POST", path, access: "tenants:create", scoped: true, status: 201 },
      summary: "Create a tenant, in artflow's form: its database is made by steps that go on after this.",
      input: creation,
      data: compatTenant.extend({ migrations_run: z.null().describe("the steps tell"), ignored }),
    },
    async (ctx, { name, domain, server_id, notes, settings }) => {
      const { slug, own } = await namesFrom(ctx, domain, name);
      const serverId = server_id ?? (await onlyServer(ctx));
      const tenant = await inside(
        ctx,
        createTenant,
        { name, slug, domain: own, serverId },
        { slug: "domain", serverId: "server_id" },
      );
      return {
        data: {
          ...(await tenantOf(ctx, tenant as TenantView)),
          migrations_run: null,
          ignored: left({ notes, settings }),
        },
        message: "The tenant is being made; its status is active when it is ready.",
      };
    },
  );

/** A host under the apps' own domain is the slug; of any other, the slug is the first part, or a free one like it. */
async function namesFrom(ctx: Ctx, domain: string, name: string): Promise<{ slug: string; own: string }> {
  const base = `.${env().TENANTRY_APP_DOMAIN}`;
  if (domain.endsWith(base)) return { slug: domain.slice(0, -base.length), own: "" };
  const label = domain.split(".")[0] ?? "";
  const slug = proposeSlug(label === "www" ? name : label);
  const taken = await ctx.db.tenant.count({ where: { slug, deletedAt: null } });
  return { slug: taken > 0 ? proposeSlug(name) : slug, own: domain };
}

async function onlyServer({ db }: Ctx): Promise<string> {
  const [one, other] = await db.server.findMany({ select: { id: true }, take: 2 });
  if (one && !other) return one.id;
  throw invalid({
    server_id: one ? "There are several servers: name the one it belongs on." : "There is no server yet.",
  });
}

/** The names of what was sent and has no place here. */
function left(fields: Record<string, unknown>): string[] {
  return Object.keys(fields).filter((name) => fields[name] !== undefined && fields[name] !== null);
}

const show = endpoint(
  {
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
  },
  async (ctx, { id }) => {
    const tenant = (await inside(ctx, showTenant, { id })) as TenantView;
    const last = await ctx.db.tenantActivity.findFirst({ where: { tenantId: id }, orderBy: { createdAt: "desc" } });
    const size = tenant.usage.storage?.value ?? null;
    const last_activity = last?.createdAt.toISOString() ?? null;
    return {
      data: {
        ...(await tenantOf(ctx, tenant)),
        statistics: { database_size_mb: size, tables_count: null, last_activity },
      },
    };
  },
);

const update = endpoint(
  {
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
  },
  async (ctx, { id, name, status, notes, settings }) => {
    const { version } = (await inside(ctx, showTenant, { id })) as TenantView;
    if (name !== undefined) await inside(ctx, editTenant, { id, version, name });
    const tenant = status ? await toStatus(ctx, id, status) : ((await inside(ctx, showTenant, { id })) as TenantView);
    return {
      data: { ...(await tenantOf(ctx, tenant)), ignored: left({ notes, settings }) },
      message: "The tenant is changed.",
    };
  },
);

const remove = endpoint(
  {
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
  },
  async (ctx, { id, confirm }) => {
    const tenant = (await inside(ctx, removeTenant, { id, confirm })) as TenantView;
    return {
      data: { tenant_id: id, purge_after: tenant.purgeAfter },
      message: "The tenant is deleted; until its time of grace is over it can be restored.",
    };
  },
);

/** Tenants: listed, made, changed, deleted. */
export const tenantEndpoints: readonly AnyOperation[] = [
  list,
  create("tenants.create", "/tenancy/tenants/create"),
  create("tenants.store", "/tenancy/tenants"),
  ...[show, update, remove],
];
