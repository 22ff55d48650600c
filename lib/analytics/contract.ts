import { z } from "zod";
import { narrowing, period, points, span, tenantName, top } from "@/lib/history/shapes";
import { contract } from "@/lib/kernel/contract";
import { metricNames } from "@/lib/kernel/metrics";
import { pageInput } from "@/lib/kernel/page";
import { activityView } from "@/lib/tenants/shapes";
import {
  compareModes,
  distribution,
  fleetUse,
  over,
  performanceMetrics,
  resourceUse,
  signIns,
  tenantHistory,
  tenantUseSorts,
} from "./shapes";

const metric = z.enum(metricNames);
const figure = z.number().nullable();

export const analyticsOverviewContract = contract({
  id: "analytics.overview",
  method: "GET",
  path: "/api/tenancy/analytics/overview",
  summary: "The fleet over a period: what it used, how that changed, and which tenants moved most.",
  access: "metrics:read",
  scoped: true,
  input: z.object({ ...period, ...narrowing, top }),
  output: fleetUse,
});

export const analyticsTenantsContract = contract({
  id: "analytics.tenants",
  method: "GET",
  path: "/api/tenancy/analytics/tenants",
  summary: "Which tenant used how much over a period, and what part of the whole.",
  access: "metrics:read",
  scoped: true,
  list: "tenants",
  input: z.object({
    ...period,
    ...narrowing,
    sort: z.enum(tenantUseSorts).default("cpu"),
    order: z.enum(["asc", "desc"]).default("desc"),
    by: z.enum(["avg", "max", "sum", "change"]).default("avg").describe("what of the metric is sorted by"),
    page: z.coerce.number().int().min(1).max(100_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    span,
    total: z.int(),
    tenants: z.array(
      z.object({
        tenant: tenantName,
        figures: z.partialRecord(
          metric,
          z.object({
            avg: figure,
            max: figure,
            sum: figure,
            before: figure.describe("mean of the period before"),
            share: figure.describe("part of the sum over all tenants that match, 0 to 1; null for means and ratios"),
          }),
        ),
      }),
    ),
  }),
});

export const analyticsTenantContract = contract({
  id: "analytics.tenant",
  method: "GET",
  path: "/api/tenancy/analytics/tenant/{id}",
  summary: "One tenant's history: series of every metric, what happened meanwhile, and what was out of the ordinary.",
  access: "metrics:read",
  scoped: true,
  input: z.object({
    id: z.uuid("This is not a tenant's id."),
    ...period,
    metric: z.array(metric).default([]).describe("those asked for; none: all"),
  }),
  output: tenantHistory,
});

const resourceInput = z.object({ ...period, ...narrowing, top });

const resource = <Name extends "memory" | "storage" | "cpu" | "requests">(name: Name, what: string) =>
  contract({
    id: `analytics.${name}`,
    method: "GET",
    path: `/api/tenancy/analytics/${name}`,
    summary: `${what} over a period: the sum, the tenants that used most, how it is spread, and who moved.`,
    access: "metrics:read",
    scoped: true,
    input: resourceInput,
    output: resourceUse,
  });

export const analyticsMemoryContract = resource("memory", "Memory");
export const analyticsStorageContract = resource("storage", "Storage");
export const analyticsCpuContract = resource("cpu", "CPU");
export const analyticsRequestsContract = resource("requests", "Requests");

export const analyticsPerformanceContract = contract({
  id: "analytics.performance",
  method: "GET",
  path: "/api/tenancy/analytics/performance",
  summary:
    "How fast tenants were served over a period: response times, errors, waits and cache hits, and who had it worst.",
  access: "metrics:read",
  scoped: true,
  input: resourceInput,
  output: z.object({
    span,
    series: z
      .partialRecord(z.enum(performanceMetrics), points)
      .describe(
        "over all tenants: response time and time waited weighed by their number (without tenants of which it is unknown; null where all are), errors and waits summed, cache hits the mean",
      ),
    worst: z.partialRecord(
      z.enum(performanceMetrics),
      z
        .array(z.object({ tenant: tenantName, over, before: figure }))
        .describe("the top, worst mean first; also of tenants whose number of requests or waits is unknown"),
    ),
    distributions: z.partialRecord(z.enum(performanceMetrics), distribution),
  }),
});

export const analyticsCompareContract = contract({
  id: "analytics.compare",
  method: "GET",
  path: "/api/tenancy/analytics/compare",
  summary: "Two to eight tenants on one chart: as measured, each by its own peak, or as parts of their sum.",
  access: "metrics:read",
  scoped: true,
  input: z.object({
    ...period,
    tenant: z.array(z.uuid()).min(2, "Choose at least two tenants.").max(8, "Choose at most eight tenants."),
    metric: metric.default("cpu"),
    mode: z.enum(compareModes).default("absolute"),
  }),
  output: z.object({
    span,
    metric,
    mode: z.enum(compareModes),
    tenants: z.array(
      z.object({
        tenant: tenantName,
        over: over.describe("as measured, whatever the mode"),
        points: points.describe("normalised: percent of the tenant's own peak; share: percent of the sum"),
        sources: z.array(z.string()),
      }),
    ),
  }),
});

export const analyticsHeatmapContract = contract({
  id: "analytics.heatmap",
  method: "GET",
  path: "/api/tenancy/analytics/heatmap",
  summary: "Tenants by time: one metric, a row a tenant, a cell a step.",
  access: "metrics:read",
  scoped: true,
  input: z.object({
    ...period,
    ...narrowing,
    metric: metric.default("cpu"),
    sort: z.enum(["mean", "peak", "name"]).default("mean"),
    top: z.coerce.number().int().min(1).max(500).default(50),
  }),
  output: z.object({
    span,
    metric,
    columns: z.array(z.number().describe("Unix milliseconds")).describe("at most 200 steps"),
    rows: z.array(z.object({ tenant: tenantName, mean: figure, peak: figure, values: z.array(figure) })),
    highest: figure,
    tenants: z.int().describe("all that match; the rows are the top of them"),
  }),
});

export const analyticsGrowthContract = contract({
  id: "analytics.growth",
  method: "GET",
  path: "/api/tenancy/analytics/growth",
  summary: "How the fleet grows: tenants made and gone, storage added, and the tenants that grow fastest.",
  access: "metrics:read",
  scoped: true,
  input: z.object({ ...period, range: period.range.default("30d"), ...narrowing, top }),
  output: z.object({
    span,
    tenants: z
      .array(z.object({ at: z.number(), total: z.int(), created: z.int(), deleted: z.int() }))
      .describe("a row a step"),
    storage: points.describe("MiB over all tenants, at the end of each step"),
    fastest: z.array(
      z.object({ tenant: tenantName, from: figure, to: figure, perDay: z.number().describe("MiB a day") }),
    ),
  }),
});

export const analyticsActivitiesContract = contract({
  id: "analytics.activities",
  method: "GET",
  path: "/api/tenancy/analytics/activities",
  summary: "What happened in the fleet: activities by type and over time, with every one that matches.",
  access: "activities:read",
  scoped: true,
  list: "activities",
  input: z.object({
    ...period,
    ...narrowing,
    type: z.array(z.string().max(60)).default([]),
    tenant: z.uuid().optional(),
    actor: z.string().max(200).optional(),
    text: z.string().trim().max(200).default("").describe("words within the description"),
    ...pageInput(50),
  }),
  output: z.object({
    span,
    total: z.int(),
    types: z.array(z.object({ type: z.string(), activities: z.int() })).describe("whatever `type` says"),
    steps: z.array(z.object({ at: z.number(), activities: z.int(), failures: z.int() })),
    activities: z.array(activityView),
    next: z.string().nullable(),
  }),
});

export const signInsContract = contract({
  id: "analytics.signIns",
  method: "GET",
  path: "/api/tenancy/analytics/sign-ins",
  summary: "Sign-ins of tenants' own users, as their apps tell them: successes, failures, and from where.",
  access: "activities:read",
  scoped: true,
  input: z.object({ ...period, ...narrowing, tenant: z.uuid().optional(), top }),
  output: signIns,
});
