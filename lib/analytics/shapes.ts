import { z } from "zod";
import { points, span, tenantName } from "@/lib/history/shapes";
import { type Metric, metricNames } from "@/lib/kernel/metrics";
import { activityView } from "@/lib/tenants/shapes";

const metric = z.enum(metricNames);
const figure = z.number().nullable();

/** A metric's value over a period; null is unknown. */
export const over = z
  .object({
    avg: figure.describe("mean over the time for which it is known"),
    min: figure,
    max: figure.describe("the highest single value, not a percentile"),
    last: figure,
    sum: figure.describe("value × seconds: of a rate, how many there were"),
    known: z.number().describe("the part of the period for which it is known, 0 to 1"),
  })
  .meta({ id: "Over" });
export type Over = z.infer<typeof over>;

/** One metric's series; each list has one point for each step. */
export const seriesOf = z.object({
  avg: points,
  min: points,
  max: points,
  sources: z.array(z.string()).describe("all by which it was measured in the period"),
});
export type SeriesOf = z.infer<typeof seriesOf>;

/** How a tenant moved from the period before, which is as long. */
export const mover = z
  .object({
    tenant: tenantName,
    before: figure.describe("mean of the period before"),
    now: figure.describe("mean of the period"),
    change: z.number().describe("now - before, in the metric's unit"),
  })
  .meta({ id: "Mover" });
export type Mover = z.infer<typeof mover>;

/** The tenants that rose and fell most. */
export const movers = z.object({ up: z.array(mover), down: z.array(mover) }).meta({ id: "Movers" });

/** How a figure is spread over tenants. */
export const distribution = z
  .object({
    tenants: z.int().describe("those with a known value"),
    quantiles: z.object({ p50: figure, p90: figure, p99: figure, max: figure }),
    bins: z
      .array(z.object({ from: z.number(), to: z.number(), tenants: z.int() }))
      .describe("of powers of two or ten, or of one width where values lie near each other; the first begins at 0"),
    gini: figure.describe("0: all use the same; 1: one uses everything"),
  })
  .meta({ id: "Distribution" });

/** The fleet over a period. */
export const fleetUse = z.object({
  span,
  tenants: z.object({
    total: z.int(),
    measured: z.int().describe("those of which anything is known in the period"),
    created: z.int().describe("within the period"),
    deleted: z.int().describe("within the period"),
  }),
  totals: z
    .partialRecord(metric, z.object({ now: figure, before: figure, peak: figure }))
    .describe(
      "means over the period and the one before, and the highest step; sums over tenants, but means of latency, waitTime and cacheHit",
    ),
  series: z.partialRecord(metric, points).describe("the same over time, a point a step"),
  unattributed: z
    .object({ cpu: points, memory: points })
    .nullable()
    .describe("what no tenant owns; null when the question is narrowed to some tenants"),
  movers: z.partialRecord(metric, movers),
});

/** What tenants may be sorted by. */
export const tenantUseSorts = [...metricNames, "name"] as const;

/** What happened to a tenant at a moment, to be drawn on its charts. */
export const annotation = z.object({
  at: z.iso.datetime(),
  type: z.string(),
  description: z.string(),
  actor: z.string(),
});
export type Annotation = z.infer<typeof annotation>;

/** One tenant's history. */
export const tenantHistory = z.object({
  span,
  tenant: tenantName,
  series: z.partialRecord(metric, seriesOf),
  totals: z
    .partialRecord(metric, over.extend({ before: figure, rank: z.int().nullable() }))
    .describe("rank: 1 is the tenant within reach that used most; null where nothing is known"),
  baseline: z
    .partialRecord(metric, z.object({ low: points, high: points }))
    .describe("what is usual at that hour of the week; only where enough is known"),
  anomalies: z.array(
    z.object({
      metric,
      from: z.iso.datetime(),
      to: z.iso.datetime().nullable().describe("null while it goes on"),
      direction: z.enum(["high", "low"]),
      peak: z.number(),
      expected: z.number(),
    }),
  ),
  annotations: z.array(annotation).describe("at most 500, the newest"),
});
export type TenantHistory = z.infer<typeof tenantHistory>;

/** One resource over all tenants. */
export const resourceUse = z
  .object({
    span,
    metric,
    total: points.describe("the sum over tenants"),
    parts: z
      .array(z.object({ name: z.string(), points }))
      .describe(
        "what stands beside the tenants' sum: unattributed, shared buffers; empty when narrowed to some tenants",
      ),
    tenants: z
      .array(z.object({ tenant: tenantName, over, share: figure, before: figure, points }))
      .describe("the top, highest mean first"),
    rest: points.describe("all other tenants together"),
    distribution,
    movers,
    sources: z.array(z.string()),
  })
  .meta({ id: "ResourceUse" });
export type ResourceUse = z.infer<typeof resourceUse>;

/** Metrics of which a high value (or a low one, of cache hits) is bad for whoever waits. */
export const performanceMetrics = ["latency", "errors", "waits", "waitTime", "cacheHit"] as const satisfies Metric[];

/** Sign-ins of tenants' own users over a period. */
export const signIns = z.object({
  span,
  totals: z.object({ succeeded: z.int(), failed: z.int(), users: z.int().describe("different ones that succeeded") }),
  steps: z.array(z.object({ at: z.number(), succeeded: z.int(), failed: z.int() })),
  tenants: z
    .array(
      z.object({
        tenant: tenantName,
        succeeded: z.int(),
        failed: z.int(),
        users: z.int(),
        lastAt: z.iso.datetime().nullable(),
      }),
    )
    .describe("the top by sign-ins"),
  failing: z
    .array(z.object({ address: z.string(), failed: z.int(), tenants: z.int(), lastAt: z.iso.datetime() }))
    .describe("addresses with the most failures"),
  quiet: z.int().describe("active tenants within reach of whom nobody signed in"),
  latest: z.array(activityView),
});

/** How several tenants share a chart. */
export const compareModes = ["absolute", "normalised", "share"] as const;
