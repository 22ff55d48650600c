import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { AnyOperation } from "@/lib/gate/operation";
import { showConnections } from "@/lib/monitoring/show-connections";
import { listTenants } from "@/lib/tenants/list-tenants";
import type { TenantView } from "@/lib/tenants/shapes";
import { showTenant } from "@/lib/tenants/show-tenant";
import * as contracts from "../contract-figures";
import { endpoint, inside } from "./envelope";
import { countsOf, loadOf } from "./measures";
import { tenantsOf } from "./tenant-shape";

const stats = endpoint(contracts.stats, async (ctx) => ({ data: await countsOf(ctx) }));

const liveStats = endpoint(contracts.liveStats, async (ctx) => ({
  data: { ...(await countsOf(ctx)), ...(await loadOf(ctx)) },
}));

const performance = endpoint(contracts.performance, async (ctx) => {
  const newest = await loadOf(ctx);
  return {
    data: { ...newest, response_time: null, throughput: newest.requests_per_second, error_rate: null, uptime: null },
  };
});

/** Asked of the servers now; null where one of them did not answer, or the caller may not see whole servers. */
async function connectionsOf(ctx: Ctx): Promise<z.infer<typeof contracts.connections>> {
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

const connectionStats = (one: typeof contracts.connectionStats) =>
  endpoint(one, async (ctx) => ({ data: await connectionsOf(ctx) }));

const activeUsers = endpoint(contracts.activeUsers, async () => ({
  data: { total_active_users: null, users_last_hour: null, users_last_day: null, peak_concurrent: null },
}));

const dashboard = (one: typeof contracts.dashboard) =>
  endpoint(one, async (ctx) => {
    const newest = await loadOf(ctx);
    const { tenants } = await inside(ctx, listTenants, { sort: "createdAt", order: "desc", pageSize: 5 });
    const recent_activity = { recent_tenants: await tenantsOf(ctx, tenants as TenantView[]), recently_accessed: [] };
    const summary = { ...(await countsOf(ctx)), total_connections: newest.total_connections };
    const meta = { generated_at: ctx.now().toISOString(), cache_used: false };
    return { data: { summary, recent_activity, performance: newest }, meta };
  });

const systemStats = endpoint(contracts.systemStats, async (ctx) => {
  const now = { tenants: await countsOf(ctx), performance: await loadOf(ctx), connections: await connectionsOf(ctx) };
  return { data: { timestamp: ctx.now().toISOString(), system: null, database: null, ...now } };
});

function statsOf({
  id,
  name,
  status,
  domains,
  database,
  usage,
  measuredAt,
}: TenantView): z.infer<typeof contracts.tenantStats> {
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

const allTenantStats = endpoint(contracts.allTenantStats, async (ctx, { page, per_page }) => {
  const { tenants, total } = await inside(ctx, listTenants, { page, pageSize: per_page });
  const meta = { total_tenants: total, generated_at: ctx.now().toISOString(), page, per_page };
  return { data: (tenants as TenantView[]).map(statsOf), meta };
});

const oneTenantStats = endpoint(contracts.oneTenantStats, async (ctx, { id }) => ({
  data: statsOf((await inside(ctx, showTenant, { id })) as TenantView),
}));

/** Counts and newest figures. */
export const figureEndpoints: readonly AnyOperation[] = [
  ...[stats, liveStats, performance, activeUsers, systemStats, allTenantStats, oneTenantStats],
  connectionStats(contracts.connectionStats),
  connectionStats(contracts.monitoringConnections),
  dashboard(contracts.dashboard),
  dashboard(contracts.monitoringDashboard),
];
