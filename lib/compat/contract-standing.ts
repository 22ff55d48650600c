import { z } from "zod";
import {
  analyticsGrowthContract,
  analyticsOverviewContract,
  analyticsPerformanceContract,
  analyticsTenantsContract,
} from "@/lib/analytics/contract";
import type { Contract } from "@/lib/kernel/contract";
import { declared, time } from "./contract-endpoint";
import { counts, unmeasured } from "./contract-figures";

export const health = declared({
  ...{ id: "health", method: "GET", path: "/tenancy/health", access: "system:read", input: z.object({}) },
  summary: "How each part of Tenantry stands, in artflow's form.",
  data: z.object({
    status: z.enum(["healthy", "degraded", "unhealthy"]),
    checks: z.record(z.string(), z.object({ status: z.string(), message: z.string() })),
    metrics: counts.partial().extend({ response_time: unmeasured, memory_usage: unmeasured }),
  }),
});

export const systemInfo = declared({
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
});

/** artflow documents no form for these: the data are our own operation's answer. */
const told = (word: string, ours: Contract) =>
  declared({
    ...{ method: "GET", access: "metrics:read", scoped: true },
    ...{ id: `analytics.${word}`, path: `/tenancy/analytics/${word}` },
    summary: `${ours.summary.replace(/\.$/, "")}, in artflow's envelope.`,
    input: ours.input,
    data: ours.output,
  });

export const analytics = {
  overview: told("overview", analyticsOverviewContract as unknown as Contract),
  usage: told("usage", analyticsTenantsContract as unknown as Contract),
  performance: told("performance", analyticsPerformanceContract as unknown as Contract),
  growth: told("growth", analyticsGrowthContract as unknown as Contract),
};

/** How Tenantry itself stands, and what was measured over time. */
export const standingEndpointContracts = [health, systemInfo, ...Object.values(analytics)];
