import { z } from "zod";
import { narrowing, period, points, span, tenantName, top } from "@/lib/history/shapes";
import { contract } from "@/lib/kernel/contract";
import { metricNames } from "@/lib/kernel/metrics";

const figure = z.number().nullable();
const time = z.iso.datetime();

/** What has a limit that can be reached. */
export const forecastMetrics = ["storage", "connections"] as const;

/** Why nothing is foretold. */
const refusal = z.object({
  code: z.enum(["short", "gaps", "flat", "no_limit"]),
  words: z.string().describe("for people: what is missing, and when it will be there"),
});

/** When a limit is reached. */
const reaching = z.object({
  reached: z.boolean().describe("the newest known value is at the limit or above"),
  days: figure.describe("from now; 0: by now, whether it was `reached` or not; null: not within the horizon"),
  soonest: figure.describe("at the upper edge of the 80 % band"),
  latest: figure.describe("at the lower edge; null: not within the horizon"),
});

const outlook = z.object({
  subject: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("tenant"), tenant: tenantName }),
    z.object({ kind: z.literal("server"), server: z.object({ id: z.uuid(), name: z.string() }) }),
  ]),
  metric: z.enum(forecastMetrics),
  now: figure.describe("the newest known value"),
  daysOld: z.int().describe("how old that is"),
  limit: figure,
  limitSource: z.string().nullable().describe("where the limit comes from, in words"),
  perDay: figure.describe("how fast it grows, in the metric's unit a day"),
  reaching: reaching.nullable(),
  refused: refusal.nullable(),
  historyDays: z.number(),
});
export type Outlook = z.infer<typeof outlook>;

export const forecastContract = contract({
  id: "analytics.forecast",
  method: "GET",
  path: "/api/tenancy/analytics/forecast",
  summary:
    "When storage or connections reach their limit: servers and tenants, the soonest first, or one with its band.",
  access: "metrics:read",
  scoped: true,
  input: z
    .object({
      ...narrowing,
      metric: z.enum(forecastMetrics).default("storage"),
      tenant: z.uuid().optional().describe("this one alone; not together with `onServer`"),
      onServer: z
        .uuid()
        .optional()
        .describe("the server itself, which takes rights that reach all tenants; not together with `tenant`"),
      horizonDays: z.coerce.number().int().min(7).max(730).default(180),
      top,
    })
    .refine(({ tenant, onServer }) => tenant === undefined || onServer === undefined, {
      path: ["onServer"],
      message: "Ask for a tenant or for a server, not for both.",
    }),
  output: z.object({
    method: z.string().describe("in words"),
    madeUpUntil: span.shape.madeUpUntil,
    outlooks: z.array(outlook),
    detail: z
      .object({
        history: points.describe("a point a day"),
        expected: points,
        low: points.describe("lower edge of the 80 % band"),
        high: points.describe("upper edge"),
        backtest: z
          .object({
            folds: z.int(),
            horizonDays: z.int(),
            error: z
              .number()
              .describe("mean absolute error, divided by that of 'as today': below 1 is better than that"),
            covered: z.number().describe("part of what came that lay within the band, 0 to 1; 0.8 is right"),
          })
          .nullable(),
      })
      .nullable()
      .describe("with `tenant` or `onServer` alone"),
  }),
});
export type Forecast = z.infer<typeof forecastContract.output>;

export const capacityContract = contract({
  id: "analytics.capacity",
  method: "GET",
  path: "/api/tenancy/analytics/capacity",
  summary: "How full each server is: disk, connections, memory and CPU, with when it will be full.",
  access: "metrics:read",
  list: "servers",
  input: z.object({ ...period, range: period.range.default("30d") }),
  output: z.object({
    span,
    servers: z.array(
      z.object({
        server: z.object({ id: z.uuid(), name: z.string(), region: z.string() }),
        tenants: z.int(),
        disk: z.object({
          usedMiB: figure.describe("all tenants' databases"),
          totalMiB: figure,
          freeMiB: figure,
          source: z.string().nullable().describe("how the size is known, in words; null: it is not"),
        }),
        connections: z.object({ now: figure, peak: figure, limit: figure }),
        cpu: z.object({ avg: figure, peak: figure.describe("at least"), cores: figure }),
        memory: z.object({ avg: figure, peak: figure.describe("at least"), totalMiB: figure }),
        storage: points,
        connected: points,
        outlooks: z.array(outlook),
      }),
    ),
  }),
});

export type Capacity = z.infer<typeof capacityContract.output>;

export const anomaliesContract = contract({
  id: "analytics.anomalies",
  method: "GET",
  path: "/api/tenancy/analytics/anomalies",
  summary: "What was out of the ordinary: values far from what is usual for that tenant at that hour of the week.",
  access: "metrics:read",
  scoped: true,
  list: "anomalies",
  input: z.object({
    ...period,
    range: period.range.default("7d"),
    ...narrowing,
    tenant: z.uuid().optional(),
    metric: z.array(z.enum(metricNames)).default([]),
    page: z.coerce.number().int().min(1).max(10_000).default(1),
    pageSize: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: z.object({
    span,
    total: z.int(),
    open: z.int().describe("those that go on"),
    watch: z
      .object({
        tenants: z.int().describe("that were asked for"),
        usual: z.int().describe("of them, those of which it is known what is usual"),
        until: time.nullable().describe("up to when hours were looked at; null: none was"),
        possible: time
          .nullable()
          .describe("where nothing is usual yet: when there is history enough to say it; null: nothing is known"),
      })
      .describe("how far anomalies are worked out: without it, none found would say too much"),
    anomalies: z.array(
      z.object({
        id: z.string(),
        tenant: tenantName,
        metric: z.enum(metricNames),
        from: time,
        to: time.nullable(),
        direction: z.enum(["high", "low"]),
        peak: z.number(),
        expected: z.number(),
        score: z.number().describe("how many usual spreads away"),
      }),
    ),
  }),
});

export const neighboursContract = contract({
  id: "analytics.neighbours",
  method: "GET",
  path: "/api/tenancy/analytics/neighbours",
  summary: "Whose rise in use goes with whose rise in response time on one server. A correlation, not a cause.",
  access: "metrics:read",
  list: "pairs",
  input: z.object({
    ...period,
    server: z.uuid(),
    load: z.enum(["cpu", "transactions", "buffers", "connections"]).default("cpu"),
    felt: z.enum(["latency", "cacheHit", "waitTime"]).default("latency"),
    top,
  }),
  output: z.object({
    span,
    server: z.object({ id: z.uuid(), name: z.string() }),
    pairs: z.array(
      z.object({
        noisy: tenantName,
        suffers: tenantName,
        correlation: z.number().describe("Spearman's rank correlation, -1 to 1"),
        lagSteps: z.int().describe("by how many steps the response time follows"),
        steps: z.int().describe("how many steps both are known in"),
        chance: z
          .number()
          .describe(
            "how likely as strong a one is by chance, over all pairs that were looked at (Benjamini and Hochberg's)",
          ),
        load: points,
        felt: points,
      }),
    ),
    looked: z.int().describe("pairs that were looked at"),
    refused: z.string().nullable().describe("why there is none, in words"),
  }),
});
