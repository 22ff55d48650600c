import { z } from "zod";
import { listTenantUse } from "@/lib/analytics/list-tenant-use";
import { showGrowth } from "@/lib/analytics/show-growth";
import { showAnalyticsOverview } from "@/lib/analytics/show-overview";
import { showPerformance } from "@/lib/analytics/show-performance";
import type { AnyOperation, Operation } from "@/lib/gate/operation";
import { showHealth } from "@/lib/system/show-health";
import { showSystem } from "@/lib/system/show-system";
import { endpoint, inside } from "./envelope";
import { counts, time, unmeasured } from "./measures";

const states = { ok: "healthy", degraded: "degraded", down: "unhealthy", unknown: "degraded" } as const;

const health = endpoint(
  {
    ...{ id: "health", method: "GET", path: "/tenancy/health", access: "system:read", input: z.object({}) },
    summary: "How each part of Tenantry stands, in artflow's form.",
    data: z.object({
      status: z.enum(["healthy", "degraded", "unhealthy"]),
      checks: z.record(z.string(), z.object({ status: z.string(), message: z.string() })),
      metrics: counts.partial().extend({ response_time: unmeasured, memory_usage: unmeasured }),
    }),
  },
  async (ctx) => {
    const { state, parts } = await inside(ctx, showHealth, {});
    const checks = Object.fromEntries(
      parts.map(({ name, state: status, words }) => [name, { status, message: words }]),
    );
    const total_tenants = await ctx.db.tenant.count({ where: { deletedAt: null } });
    const active_tenants = await ctx.db.tenant.count({ where: { deletedAt: null, status: "active" } });
    return {
      data: {
        status: states[state],
        checks,
        metrics: { total_tenants, active_tenants, response_time: null, memory_usage: null },
      },
    };
  },
);

const systemInfo = endpoint(
  {
    ...{ id: "systemInfo", method: "GET", path: "/tenancy/system-info", access: "system:read", input: z.object({}) },
    summary: "Versions of Tenantry and what it runs on, in artflow's form.",
    data: z.object({
      ...{
        php_version: unmeasured,
        laravel_version: unmeasured,
        memory_limit: unmeasured,
        max_execution_time: unmeasured,
      },
      ...{ tenantry_version: z.string(), node_version: z.string(), database_version: z.string(), server_time: time },
    }),
  },
  async (ctx) => {
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
  },
);

/** artflow documents no form for these: the data are our own operation's answer. */
const analytics = (word: string, op: Operation) =>
  endpoint(
    {
      ...{
        method: "GET",
        access: "metrics:read",
        scoped: true,
        id: `analytics.${word}`,
        path: `/tenancy/analytics/${word}`,
      },
      summary: `${op.contract.summary.replace(/\.$/, "")}, in artflow's envelope.`,
      input: op.contract.input,
      data: op.contract.output,
    },
    async (ctx, input) => ({ data: await op.run(ctx, input) }),
  );

/** How Tenantry itself stands, and what was measured over time. */
export const standingEndpoints: readonly AnyOperation[] = [
  ...[health, systemInfo],
  analytics("overview", showAnalyticsOverview as unknown as Operation),
  analytics("usage", listTenantUse as unknown as Operation),
  analytics("performance", showPerformance as unknown as Operation),
  analytics("growth", showGrowth as unknown as Operation),
];
