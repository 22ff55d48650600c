import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation } from "@/lib/gate/operation";
import { showConnections } from "@/lib/monitoring/show-connections";
import { listTenants } from "@/lib/tenants/list-tenants";
import type { TenantView } from "@/lib/tenants/shapes";
import { showTenant } from "@/lib/tenants/show-tenant";
import { endpoint, inside, tenantId } from "./envelope";
import { counts, countsOf, figure, load, loadOf, time, unmeasured } from "./measures";
import { compatTenant, tenantsOf } from "./tenant-shape";

const read = { method: "GET", access: "metrics:read", scoped: true } as const;

const stats = endpoint(
  {
    ...read,
    id: "stats",
    path: "/tenancy/stats",
    summary: "Count tenants, in artflow's form.",
    input: z.object({}),
    data: counts,
  },
  async (ctx) => ({ data: await countsOf(ctx) }),
);

const liveStats = endpoint(
  {
    ...{ ...read, id: "liveStats", path: "/tenancy/live-stats", input: z.object({}) },
    summary: "Counts and newest figures, in artflow's form.",
    data: counts.extend(load.shape),
  },
  async (ctx) => ({ data: { ...(await countsOf(ctx)), ...(await loadOf(ctx)) } }),
);

const performance = endpoint(
  {
    ...{ ...read, id: "performance", path: "/tenancy/performance" },
    summary: "Newest figures of the fleet, in artflow's form; what it made up is null.",
    input: z.object({ period: z.string().max(20).optional().describe("taken, and without meaning here") }),
    data: load.extend({ response_time: unmeasured, throughput: figure, error_rate: unmeasured, uptime: unmeasured }),
  },
  async (ctx) => {
    const newest = await loadOf(ctx);
    return {
      data: { ...newest, response_time: null, throughput: newest.requests_per_second, error_rate: null, uptime: null },
    };
  },
);

const connections = z.object({
  ...{ total_connections: figure, active_connections: figure, sleeping_connections: figure, idle_connections: figure },
  max_connections: figure,
  measured_at: time,
});

/** Asked of the servers now; null where one of them did not answer, or the caller may not see whole servers. */
async function connectionsOf(ctx: Ctx): Promise<z.infer<typeof connections>> {
  const { servers, at } = await inside(ctx, showConnections, {});
  const sum = (values: (number | null)[]) =>
    values.length === 0 || values.includes(null) ? null : values.reduce<number>((all, one) => all + (one ?? 0), 0);
  const state = (name: string) =>
    sum(servers.map(({ total, byState }) => (total === null ? null : (byState[name] ?? 0))));
  const idle = state("idle");
  return {
    ...{ total_connections: sum(servers.map(({ total }) => total)), active_connections: state("active") },
    ...{ sleeping_connections: idle, idle_connections: idle, max_connections: sum(servers.map(({ limit }) => limit)) },
    measured_at: at,
  };
}

const connectionStats = (id: string, path: `/${string}`) =>
  endpoint(
    {
      ...{ ...read, id, path, input: z.object({}), data: connections },
      summary: "Connections to the servers, asked now, in artflow's form.",
    },
    async (ctx) => ({ data: await connectionsOf(ctx) }),
  );

const activeUsers = endpoint(
  {
    ...{ ...read, id: "activeUsers", path: "/tenancy/active-users", input: z.object({}) },
    summary: "What artflow made up about users: all null.",
    data: z.object({
      total_active_users: unmeasured,
      users_last_hour: unmeasured,
      users_last_day: unmeasured,
      peak_concurrent: unmeasured,
    }),
  },
  async () => ({
    data: { total_active_users: null, users_last_hour: null, users_last_day: null, peak_concurrent: null },
  }),
);

const dashboard = (id: string, path: `/${string}`) =>
  endpoint(
    {
      ...{ ...read, id, path, access: "tenants:read" },
      summary: "Counts, newest tenants and newest figures, in artflow's form.",
      input: z.object({ refresh: z.string().max(10).optional().describe("taken: nothing is cached anyway") }),
      data: z.object({
        summary: counts.extend({ total_connections: figure }),
        recent_activity: z.object({ recent_tenants: z.array(compatTenant), recently_accessed: z.array(z.never()) }),
        performance: load,
      }),
    },
    async (ctx) => {
      const newest = await loadOf(ctx);
      const { tenants } = await inside(ctx, listTenants, { sort: "createdAt", order: "desc", pageSize: 5 });
      const recent_activity = { recent_tenants: await tenantsOf(ctx, tenants as TenantView[]), recently_accessed: [] };
      const summary = { ...(await countsOf(ctx)), total_connections: newest.total_connections };
      const meta = { generated_at: ctx.now().toISOString(), cache_used: false };
      return { data: { summary, recent_activity, performance: newest }, meta };
    },
  );

const systemStats = endpoint(
  {
    ...{ ...read, id: "monitoring.system", path: "/admin/monitoring/system-stats" },
    summary: "Counts and newest figures, in artflow's form.",
    input: z.object({ cache_ttl: z.string().max(10).optional().describe("taken: nothing is cached anyway") }),
    data: z.object({
      timestamp: time,
      system: unmeasured,
      database: unmeasured,
      tenants: counts,
      performance: load,
      connections,
    }),
  },
  async (ctx) => {
    const now = { tenants: await countsOf(ctx), performance: await loadOf(ctx), connections: await connectionsOf(ctx) };
    return { data: { timestamp: ctx.now().toISOString(), system: null, database: null, ...now } };
  },
);

const tenantStats = z.object({
  ...{ tenant_id: z.uuid(), tenant_name: z.string(), status: z.string(), primary_domain: z.string().nullable() },
  ...{ database_name: z.string(), last_accessed_at: unmeasured },
  database_stats: z.object({ tables_count: unmeasured, total_size_mb: figure, connections: figure }),
  measured_at: time.nullable(),
});

function statsOf({ id, name, status, domains, database, usage, measuredAt }: TenantView): z.infer<typeof tenantStats> {
  return {
    ...{
      tenant_id: id,
      tenant_name: name,
      status,
      database_name: database,
      last_accessed_at: null,
      measured_at: measuredAt,
    },
    primary_domain: domains.find(({ primary }) => primary)?.hostname ?? null,
    database_stats: {
      tables_count: null,
      total_size_mb: usage.storage?.value ?? null,
      connections: usage.connections?.value ?? null,
    },
  };
}

const allTenantStats = endpoint(
  {
    ...{
      id: "monitoring.tenants",
      method: "GET",
      path: "/admin/monitoring/tenant-stats",
      access: "tenants:read",
      scoped: true,
    },
    summary: "Newest figures of tenants, a page at a time, in artflow's form.",
    input: z.object({
      page: z.coerce.number().int().min(1).max(100_000).default(1),
      per_page: z.coerce.number().int().min(1).max(200).default(200),
    }),
    data: z.array(tenantStats),
  },
  async (ctx, { page, per_page }) => {
    const { tenants, total } = await inside(ctx, listTenants, { page, pageSize: per_page });
    const meta = { total_tenants: total, generated_at: ctx.now().toISOString(), page, per_page };
    return { data: (tenants as TenantView[]).map(statsOf), meta };
  },
);

const oneTenantStats = endpoint(
  {
    ...{
      id: "monitoring.tenant",
      method: "GET",
      path: "/admin/monitoring/tenant-stats/{id}",
      access: "tenants:read",
      scoped: true,
    },
    summary: "Newest figures of a tenant, in artflow's form.",
    input: z.object(tenantId),
    data: tenantStats,
  },
  async (ctx, { id }) => ({ data: statsOf((await inside(ctx, showTenant, { id })) as TenantView) }),
);

/** Counts and newest figures. */
export const figureEndpoints: readonly AnyOperation[] = [
  ...[stats, liveStats, performance, activeUsers, systemStats, allTenantStats, oneTenantStats],
  connectionStats("connectionStats", "/tenancy/connection-stats"),
  connectionStats("monitoring.connections", "/admin/monitoring/connections"),
  dashboard("dashboard", "/tenancy/dashboard"),
  dashboard("monitoring.dashboard", "/admin/monitoring/dashboard"),
];
