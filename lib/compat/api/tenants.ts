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
import * as contracts from "../contract-tenants";
import { sorts } from "../contract-tenants";
import { endpoint, inside, invalid } from "./envelope";
import { toStatus } from "./statuses";
import { tenantOf, tenantsOf } from "./tenant-shape";

const list = endpoint(contracts.list, async (ctx, { page, per_page, search, status, sort, order }) => {
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
});

const create = (one: typeof contracts.create) =>
  endpoint(one, async (ctx, { name, domain, server_id, notes, settings }) => {
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
  });

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

const show = endpoint(contracts.show, async (ctx, { id }) => {
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
});

const update = endpoint(contracts.update, async (ctx, { id, name, status, notes, settings }) => {
  const { version } = (await inside(ctx, showTenant, { id })) as TenantView;
  if (name !== undefined) await inside(ctx, editTenant, { id, version, name });
  const tenant = status ? await toStatus(ctx, id, status) : ((await inside(ctx, showTenant, { id })) as TenantView);
  return {
    data: { ...(await tenantOf(ctx, tenant)), ignored: left({ notes, settings }) },
    message: "The tenant is changed.",
  };
});

const remove = endpoint(contracts.remove, async (ctx, { id, confirm }) => {
  const tenant = (await inside(ctx, removeTenant, { id, confirm })) as TenantView;
  return {
    data: { tenant_id: id, purge_after: tenant.purgeAfter },
    message: "The tenant is deleted; until its time of grace is over it can be restored.",
  };
});

/** Tenants: listed, made, changed, deleted. */
export const tenantEndpoints: readonly AnyOperation[] = [
  list,
  create(contracts.create),
  create(contracts.store),
  ...[show, update, remove],
];
