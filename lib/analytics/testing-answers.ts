import fc from "fast-check";
import { expect } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { as } from "@/lib/gate/testing";
import { isSummed, weighedBy } from "@/lib/history/read-fleet";
import type { Points, Span } from "@/lib/history/shapes";
import { setRolledUp } from "@/lib/history/testing-usage";
import type { Metric } from "@/lib/kernel/metrics";
import type { TestControl } from "@/lib/platform/testing";
import { seededRandom } from "@/sample/random";
import * as expected from "./testing-expected";
import { inputOf, type Question, questions, type Tenant } from "./testing-questions";
import { type Bucket, type Length, lengths, randomTruth, type Truth, writeTruth } from "./testing-truth";

/** Berlin's clocks went back nine days before. */
const now = new Date("2026-11-03T10:17:20.000Z");
/** The time at which questions are asked. */
export const clock = { now: () => now };
/** What is known of tenants. */
export const measured = ["cpu", "memory", "storage", "requests", "latency", "cacheHit"] as const satisfies Metric[];

/** Tenants of all kinds, and what each of them used. */
export type Past = { tenants: Tenant[]; truth: Truth };

/** Writes tenants and their random past, kept for a day in minutes and 20 in hours: of one nothing is known, one is gone. */
export async function writePast(control: TestControl): Promise<Past> {
  const tenants: Tenant[] = [];
  const random = seededRandom(7);
  for (let index = 0; index < 7; index++) {
    const { id } = await control.makeTenant(`shop-${index}`);
    const tenant = {
      ...{ id, name: `Shop ${"abc"[index % 3]} ${index}`, plan: index % 2 ? "free" : "business" },
      ...{ region: index % 3 ? "eu" : "us", tags: index % 4 ? ["big"] : [], gone: index === 6 },
      status: index === 2 ? "suspended" : "active",
    };
    tenants.push(tenant);
    await control.sql(
      `UPDATE tenants SET name = $2, plan = $3, region = $4, tags = $5, status = $6::tenant_status, created_at = $7, deleted_at = $8 WHERE id = $1`,
      [
        ...[id, tenant.name, tenant.plan, tenant.region, tenant.tags, tenant.status],
        ...[
          new Date(now.getTime() - index * 3 * lengths.day),
          tenant.gone ? new Date(now.getTime() - lengths.day) : null,
        ],
      ],
    );
  }
  const used = tenants.filter((_, index) => index !== 5).map(({ id }) => id);
  const truth = randomTruth(used, measured, now.getTime(), random, { minute: 1, hour: 20, day: 45 });
  await writeTruth(control, truth, measured);
  const until = (length: Length) => new Date(Math.floor((now.getTime() - 60_000) / lengths[length]) * lengths[length]);
  await setRolledUp(control, { minute: until("minute"), hour: until("hour"), day: until("day") });
  return { tenants, truth };
}

/** Compares what lies at the edge of what single precision holds; unknown is only ever like unknown. */
export const near = (value: number | null | undefined, other: number | null, what: string) => {
  if (other === null || value === null || value === undefined) expect([what, value ?? null]).toEqual([what, other]);
  else if (Math.abs(value - other) > 2e-5 * Math.max(1e-3, Math.abs(other)))
    expect([what, value]).toEqual([what, other]);
};

/** An answer's span with all that it follows from. */
export type Asked = {
  span: Span;
  who: Tenant[];
  buckets: Bucket[];
  time: expected.Time;
  earlier: expected.Time;
  /** By which the time before is told of each tenant: also where minutes are not kept any more. */
  earlierBuckets: Bucket[];
};

/** The buckets that an answer was read from, and its times. */
export function askedOf(truth: Truth, span: Span, who: Tenant[]): Asked {
  const level = span.level as Length;
  const time = { from: Date.parse(span.from), to: Date.parse(span.to) };
  const buckets = truth[level].filter(({ tenant }) => who.some(({ id }) => id === tenant));
  const earlier = expected.before(time, lengths[level]);
  const earlierBuckets = expected.covering(truth, level, earlier, now.getTime());
  return { span, who, buckets, time, earlier, earlierBuckets };
}

/** A metric of the fleet over a time. */
export function fleet({ buckets }: Asked, metric: Metric, time: expected.Time): number | null {
  if (isSummed(metric)) return expected.fleetSum(buckets, metric, time);
  return expected.fleetMean(buckets, metric, weighedBy[metric as keyof typeof weighedBy], time);
}

/** The clock that a zone's wall shows. */
const clockIn = (tz: string, at: number) =>
  new Date(at).toLocaleTimeString("en-GB", { timeZone: tz, timeStyle: "medium" });

/** Compares each step's point with what it should be; days begin at midnight. */
export function checkSteps(
  points: Points,
  { span, time }: Asked,
  value: (time: expected.Time) => number | null,
  what: string,
) {
  expect(points[0]?.[0]).toBe(time.from);
  expected.stepsOf(points, time.to).forEach((step, index) => {
    near(points[index]?.[1], value(step), `${what}, step ${index}`);
    if (span.stepSeconds >= 86_400) expect(clockIn(span.tz, step.from)).toBe("00:00:00");
  });
}

/** Asks many random questions; one that is refused must be refused in words that name a field. */
export async function always(
  check: (input: ReturnType<typeof inputOf>, question: Question) => Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(questions, async (random) => {
      forgetAnswers();
      const input = inputOf(now, random);
      await check(input, random).catch((error: { code?: string; fields?: object }) => {
        if (error.code !== "invalid") throw error;
        expect(input.granularity).not.toBe("auto");
        expect(Object.keys(error.fields ?? {})).toEqual(["granularity"]);
      });
    }),
    { numRuns: 40 },
  );
}

/** Who asks a question. */
export const ctxOf = ({ scope }: Question) => as("viewer", { ...clock, scope });
