import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { isSummed, weighedBy } from "@/lib/history/read-fleet";
import type { Points, Span } from "@/lib/history/shapes";
import { setRolledUp } from "@/lib/history/testing-usage";
import type { Metric } from "@/lib/kernel/metrics";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { seededRandom } from "@/sample/random";
import { compareTenants } from "./compare-tenants";
import { listTenantUse } from "./list-tenant-use";
import { showGrowth } from "./show-growth";
import { showHeatmap } from "./show-heatmap";
import { showAnalyticsOverview } from "./show-overview";
import { showPerformance } from "./show-performance";
import { showCpuUse, showMemoryUse, showRequestsUse, showStorageUse } from "./show-resource";
import { showTenantHistory } from "./show-tenant-history";
import * as expected from "./testing-expected";
import { inputOf, matching, type Question, questions, type Tenant } from "./testing-questions";
import { type Bucket, type Length, lengths, meanOf, randomTruth, type Truth, writeTruth } from "./testing-truth";

process.env.USAGE_RETENTION_DAYS = "1";
process.env.USAGE_MINUTES_DAYS = "1";
process.env.USAGE_HOURS_DAYS = "20";

/** Berlin's clocks went back nine days before. */
const now = new Date("2026-11-03T10:17:20.000Z");
const clock = { now: () => now };
const measured = ["cpu", "memory", "storage", "requests", "latency", "cacheHit"] as const satisfies Metric[];
const resources = { cpu: showCpuUse, memory: showMemoryUse, storage: showStorageUse, requests: showRequestsUse };

let control: TestControl;
let truth: Truth;
const tenants: Tenant[] = [];

beforeAll(async () => {
  control = await testControl();
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
  truth = randomTruth(used, measured, now.getTime(), random, { minute: 1, hour: 20, day: 45 });
  await writeTruth(control, truth, measured);
  const until = (length: Length) => new Date(Math.floor((now.getTime() - 60_000) / lengths[length]) * lengths[length]);
  await setRolledUp(control, { minute: until("minute"), hour: until("hour"), day: until("day") });
}, 60_000);
beforeEach(forgetAnswers);
afterAll(() => control?.close());

/** Compares what lies at the edge of what single precision holds; unknown is only ever like unknown. */
const near = (value: number | null | undefined, other: number | null, what: string) => {
  if (other === null || value === null || value === undefined) expect([what, value ?? null]).toEqual([what, other]);
  else if (Math.abs(value - other) > 2e-5 * Math.max(1e-3, Math.abs(other)))
    expect([what, value]).toEqual([what, other]);
};

type Asked = {
  span: Span;
  who: Tenant[];
  buckets: Bucket[];
  time: expected.Time;
  earlier: expected.Time;
  /** By which the time before is told of each tenant: also where minutes are not kept any more. */
  earlierBuckets: Bucket[];
};

/** The buckets that an answer was read from, and its times. */
function asked(span: Span, who: Tenant[]): Asked {
  const level = span.level as Length;
  const time = { from: Date.parse(span.from), to: Date.parse(span.to) };
  const buckets = truth[level].filter(({ tenant }) => who.some(({ id }) => id === tenant));
  const earlier = expected.before(time, lengths[level]);
  const earlierBuckets = expected.covering(truth, level, earlier, now.getTime());
  return { span, who, buckets, time, earlier, earlierBuckets };
}

function fleet({ buckets }: Asked, metric: Metric, time: expected.Time): number | null {
  if (isSummed(metric)) return expected.fleetSum(buckets, metric, time);
  return expected.fleetMean(buckets, metric, weighedBy[metric as keyof typeof weighedBy], time);
}

/** The clock that a zone's wall shows. */
const clockIn = (tz: string, at: number) =>
  new Date(at).toLocaleTimeString("en-GB", { timeZone: tz, timeStyle: "medium" });

function checkSteps(
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
async function always(check: (input: ReturnType<typeof inputOf>, question: Question) => Promise<void>): Promise<void> {
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

const ctxOf = ({ scope }: Question) => as("viewer", { ...clock, scope });

test("the overview's sums, peaks, movers and counts are those of the rows it was read from", async () => {
  await always(async (input, random) => {
    const answer = await perform(showAnalyticsOverview, ctxOf(random), input);
    const all = asked(answer.span, matching(tenants, random.filter, random.scope));
    for (const metric of measured) {
      const { now: mean, before, peak } = answer.totals[metric] ?? { now: null, before: null, peak: null };
      near(mean, fleet(all, metric, all.time), `${metric} now`);
      near(before, fleet(all, metric, all.earlier), `${metric} before`);
      checkSteps(answer.series[metric] ?? [], all, (step) => fleet(all, metric, step), metric);
      const steps = expected.stepsOf(answer.series[metric] ?? [], all.time.to);
      const known = steps.flatMap((step) => fleet(all, metric, step) ?? []);
      near(peak, known.length > 0 ? Math.max(...known) : null, `${metric} peak`);
    }
    expect(answer.tenants.total).toBe(all.who.length);
    for (const metric of ["cpu", "storage"] as const) checkMovers(answer.movers[metric], all, metric, input.top);
  });
}, 120_000);

type Movers = { up: { tenant: { id: string }; change: number }[]; down: { tenant: { id: string }; change: number }[] };

function checkMovers(
  movers: Movers | undefined,
  { who, buckets, time, earlier, earlierBuckets }: Asked,
  metric: Metric,
  top: number,
) {
  const changes = who.flatMap(({ id }) => {
    const after = meanOf(expected.over(buckets, id, metric, time));
    const before = meanOf(expected.over(earlierBuckets, id, metric, earlier));
    if (after == null || before == null || after === before) return [];
    // Who moved by less than half a percent did not.
    return Math.abs(after - before) < before * 0.005 ? [] : [{ id, change: after - before }];
  });
  changes.sort((one, other) => other.change - one.change);
  const [up, down] = [changes.filter(({ change }) => change > 0), changes.filter(({ change }) => change < 0).reverse()];
  expect(movers?.up.map(({ tenant }) => tenant.id) ?? []).toEqual(up.slice(0, top).map(({ id }) => id));
  expect(movers?.down.map(({ tenant }) => tenant.id) ?? []).toEqual(down.slice(0, top).map(({ id }) => id));
  movers?.up.forEach(({ change }, index) => void near(change, up[index]?.change ?? null, `${metric} rise`));
}

test("a resource's sum, top, shares, rest and spread are those of the rows it was read from", async () => {
  await always(async (input, random) => {
    for (const metric of ["cpu", "storage", "requests"] as const) {
      const answer = await perform(resources[metric], ctxOf(random), input);
      const all = asked(answer.span, matching(tenants, random.filter, random.scope));
      checkSteps(answer.total, all, (step) => fleet(all, metric, step), `${metric} total`);
      const means = all.who.flatMap(({ id }) => {
        const found = expected.over(all.buckets, id, metric, all.time);
        return found ? [{ id, found, mean: found.sum / found.ms }] : [];
      });
      means.sort((one, other) => other.mean - one.mean);
      const sum = means.reduce((whole, { mean }) => whole + mean, 0);
      expect(answer.tenants.map(({ tenant }) => tenant.id)).toEqual(means.slice(0, input.top).map(({ id }) => id));
      answer.tenants.forEach(({ tenant, over, share, before, points }, index) => {
        const { found, mean } = means[index] ?? {};
        near(over.avg, mean ?? null, "mean");
        near(over.min, found?.min ?? null, "lowest");
        near(over.max, found?.max ?? null, "highest");
        near(over.last, found?.last ?? null, "last");
        near(over.sum, found ? found.sum / 1000 : null, "sum");
        near(over.known, found ? Math.min(1, found.ms / Math.max(60_000, all.time.to - all.time.from)) : 0, "known");
        near(share, sum > 0 && mean !== undefined ? mean / sum : null, "share");
        near(before, meanOf(expected.over(all.earlierBuckets, tenant.id, metric, all.earlier)), "before");
        checkSteps(points, all, (step) => meanOf(expected.over(all.buckets, tenant.id, metric, step)), "points");
      });
      const values = means.map(({ mean }) => mean);
      const { tenants: count, quantiles, bins, gini } = answer.distribution;
      expect([count, bins.reduce((whole, bin) => whole + bin.tenants, 0)]).toEqual([means.length, means.length]);
      near(quantiles.p50, expected.quantile(values, 0.5), "median");
      near(quantiles.p90, expected.quantile(values, 0.9), "90 %");
      near(gini, values.length > 0 ? expected.gini(values) : null, "Gini");
    }
  });
}, 120_000);

test("tenants stand in order with their figures, and those unknown last", async () => {
  await always(async (input, random) => {
    for (const by of ["avg", "max", "sum", "change"] as const) {
      const answer = await perform(listTenantUse, ctxOf(random), { ...input, sort: "memory", by });
      const all = asked(answer.span, matching(tenants, random.filter, random.scope));
      expect(answer.total).toBe(all.who.length);
      const rows = answer.tenants.map(({ tenant, figures: { memory } }) => {
        const found = expected.over(all.buckets, tenant.id, "memory", all.time);
        const before = meanOf(expected.over(all.earlierBuckets, tenant.id, "memory", all.earlier));
        near(memory?.avg, meanOf(found), "mean");
        near(memory?.max, found?.max ?? null, "highest");
        near(memory?.sum, found ? found.sum / 1000 : null, "sum");
        near(memory?.before, before, "before");
        if (by === "change") return found && before !== null ? found.sum / found.ms - before : null;
        return found ? { avg: found.sum / found.ms, max: found.max, sum: found.sum }[by] : null;
      });
      const known = rows.filter((value) => value !== null);
      expect(rows.slice(known.length).every((value) => value === null)).toBe(true);
      known.forEach((value, index) => {
        expect(value).toBeLessThanOrEqual((known[index - 1] ?? Infinity) * (1 + 1e-5) + 1e-5);
      });
    }
  });
}, 120_000);

test("heat map, performance and growth say what the rows say", async () => {
  await always(async (input, random) => {
    const ctx = ctxOf(random);
    const who = matching(tenants, random.filter, random.scope);
    const growth = await perform(showGrowth, ctx, input);
    const grown = asked(growth.span, who);
    checkSteps(growth.storage, grown, (step) => expected.storageEnd(grown.buckets, step), "storage");
    const fastest = grown.who.flatMap(({ id }) => expected.growthOf(grown.buckets, id, grown.time) ?? []);
    const lasting = fastest.filter(({ span, perDay }) => perDay > 0 && span >= (grown.time.to - grown.time.from) / 10);
    lasting.sort((one, other) => other.perDay - one.perDay);
    expect(growth.fastest).toHaveLength(Math.min(input.top, lasting.length));
    growth.fastest.forEach(({ perDay }, index) => void near(perDay, lasting[index]?.perDay ?? null, "growth"));
    const worst = await perform(showPerformance, ctx, input);
    const slow = asked(worst.span, who);
    checkSteps(worst.series.latency ?? [], slow, (step) => fleet(slow, "latency", step), "latency");
    checkSteps(worst.series.cacheHit ?? [], slow, (step) => fleet(slow, "cacheHit", step), "cache hits");
    const map = await perform(showHeatmap, ctx, { ...input, metric: "requests" });
    const cells = asked(map.span, who);
    const steps = expected.stepsOf(
      map.columns.map((at) => [at, null]),
      cells.time.to,
    );
    for (const { tenant, values, mean } of map.rows) {
      near(mean, meanOf(expected.over(cells.buckets, tenant.id, "requests", cells.time)), "row");
      steps.forEach((step, index) => {
        near(values[index], meanOf(expected.over(cells.buckets, tenant.id, "requests", step)), `cell ${index}`);
      });
    }
  });
}, 120_000);

test("one tenant's history and a comparison are the same as what was known at the finest level", async () => {
  await always(async (input) => {
    const [one, other] = tenants;
    if (!one || !other) throw new Error("two tenants are meant");
    const ctx = as("viewer", clock);
    const { range, from, to, tz, granularity, width } = { range: undefined, from: undefined, to: undefined, ...input };
    const time = { ...(range && { range }), ...(from && { from, to }), tz, granularity, width };
    const history = await perform(showTenantHistory, ctx, { id: one.id, ...time });
    const all = asked(history.span, [one]);
    for (const metric of measured) {
      const found = expected.over(all.buckets, one.id, metric, all.time);
      near(history.totals[metric]?.avg, meanOf(found), `${metric} mean`);
      near(history.totals[metric]?.last, found?.last ?? null, `${metric} last`);
      if (history.series[metric])
        checkSteps(
          history.series[metric].avg,
          all,
          (step) => meanOf(expected.over(all.buckets, one.id, metric, step)),
          metric,
        );
    }
    const share = await perform(compareTenants, ctx, { ...time, tenant: [one.id, other.id], mode: "share" });
    const both = asked(share.span, [one, other]);
    share.tenants.forEach(({ tenant, points }) => {
      checkSteps(
        points,
        both,
        (step) => {
          const [own, rest] = [tenant.id, tenant.id === one.id ? other.id : one.id].map((id) =>
            meanOf(expected.over(both.buckets, id, "cpu", step)),
          );
          const sum = (own ?? 0) + (rest ?? 0);
          return own == null || sum <= 0 ? null : (100 * own) / sum;
        },
        "share",
      );
    });
  });
}, 120_000);
