import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { showGrowth } from "@/lib/analytics/show-growth";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { showPerformance } from "@/lib/analytics/show-performance";
import type { AnyOperation, Operation } from "@/lib/gate/operation";
import { showHealth } from "@/lib/system/show-health";
import { showSystem } from "@/lib/system/show-system";
import type { Endpoint } from "../contract-endpoint";
import * as contracts from "../contract-standing";
import { endpoint, inside } from "./envelope";

const states = { ok: "healthy", degraded: "degraded", down: "unhealthy", unknown: "degraded" } as const;

const health = endpoint(contracts.health, async (ctx) => {
  const { state, parts } = await inside(ctx, showHealth, {});
  const checks = Object.fromEntries(parts.map(({ name, state: status, words }) => [name, { status, message: words }]));
  const total_tenants = await ctx.db.tenant.count({ where: { deletedAt: null } });
  const active_tenants = await ctx.db.tenant.count({ where: { deletedAt: null, status: "active" } });
  return {
    data: {
      status: states[state],
      checks,
      metrics: { total_tenants, active_tenants, response_time: null, memory_usage: null },
    },
  };
});

const systemInfo = endpoint(contracts.systemInfo, async (ctx) => {
  const { version, node, control, at } = await inside(ctx, showSystem, {});
  const none = { php_version: null, laravel_version: null, memory_limit: null, max_execution_time: null };
  return {
    data: {
      ...none,
      tenantry_version: version,
      node_version: node,
      database_version: control.version,
      server_time: at,
    },
  };
});

/** The data are our own operation's answer. */
const analytics = (one: Endpoint, op: Operation) =>
  endpoint(one, async (ctx, input) => ({ data: await op.run(ctx, input) }));

/** How Tenantry itself stands, and what was measured over time. */
export const standingEndpoints: readonly AnyOperation[] = [
  ...[health, systemInfo],
  analytics(contracts.analytics.overview, showAnalyticsOverview as unknown as Operation),
  analytics(contracts.analytics.usage, listTenantUse as unknown as Operation),
  analytics(contracts.analytics.performance, showPerformance as unknown as Operation),
  analytics(contracts.analytics.growth, showGrowth as unknown as Operation),
];
