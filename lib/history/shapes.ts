import { z } from "zod";
import { tenantFilter, tenantStatuses } from "@/lib/tenants/shapes";

/** Periods that end now, and the seconds they span. */
export const periods = {
  "1h": 3600,
  "6h": 21_600,
  "24h": 86_400,
  "7d": 604_800,
  "30d": 2_592_000,
  "90d": 7_776_000,
  "1y": 31_536_000,
} as const;
export type Period = keyof typeof periods;
export const periodNames = Object.keys(periods) as [Period, ...Period[]];

/** Steps of a series; "auto" follows from the period and the width. */
export const granularities = ["auto", "minute", "hour", "day", "week", "month"] as const;
export type Granularity = (typeof granularities)[number];

/** How finely usage is kept: as it was measured, and rolled up. */
export const levels = ["raw", "minute", "hour", "day"] as const;
export type Level = (typeof levels)[number];

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Which time a question is about: a period that ends now, or `from` and `to`, which win. */
export const period = {
  range: z.enum(periodNames).default("24h"),
  from: z.iso.datetime({ offset: true }).optional().describe("begin of a period of one's own; wins over `range`"),
  to: z.iso.datetime({ offset: true }).optional().describe("its end, now unless told"),
  tz: z
    .string()
    .max(60)
    .refine(isZone, "Name a time zone such as Europe/Vienna.")
    .default("UTC")
    .describe("the zone in which days, weeks and months begin"),
  granularity: z.enum(granularities).default("auto"),
  width: z.coerce
    .number()
    .int()
    .min(50)
    .max(10_000)
    .default(800)
    .describe(
      "pixels that the chart is wide: with `auto` a step has at least two of them, but 50 steps are always allowed",
    ),
};

const { schema: _, ...filter } = tenantFilter;

/** Which tenants a question is about: all within reach unless narrowed. */
export const narrowing = { ...filter };

export const top = z.coerce.number().int().min(1).max(100).default(10);

/** A tenant's name, status and colour's key, as charts and lists need it. */
export const tenantName = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    status: z.enum(tenantStatuses),
    plan: z.string(),
  })
  .meta({ id: "TenantName" });
export type TenantName = z.infer<typeof tenantName>;

/** The time that an answer is about, and how it was put together. */
export const span = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    stepSeconds: z.number().describe("of days and longer, about: their length follows the time zone"),
    level: z.enum(levels).describe("what the answer was read from"),
    tz: z.string(),
    asOf: z.iso.datetime().nullable().describe("up to when everything that was measured is in; null: nothing is yet"),
    madeUpUntil: z.iso
      .datetime()
      .nullable()
      .describe("up to when figures were made up for the demonstration, maybe before `from`; null: all were measured"),
  })
  .meta({ id: "HistorySpan" });
export type Span = z.infer<typeof span>;

/** A step's begin, Unix milliseconds, and its value. */
export type Points = [number, number | null][];

/**
 * Points in time order, one a step; null: nothing was measured there. An answer has thousands: looked at by hand they
 * take a tenth of the time that a schema for each takes.
 */
export const points = z.custom<Points>(arePoints, "This must be a list of points.").meta({
  type: "array",
  items: {
    type: "array",
    prefixItems: [{ type: "number", description: "the step's begin, Unix milliseconds" }, { type: ["number", "null"] }],
    items: false,
    minItems: 2,
    maxItems: 2,
  },
});

function arePoints(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every(
    (one) =>
      Array.isArray(one) && one.length === 2 && Number.isFinite(one[0]) && (one[1] === null || Number.isFinite(one[1])),
  );
}
