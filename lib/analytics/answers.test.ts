import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import type { Span } from "@/lib/history/shapes";
import type { Metric } from "@/lib/kernel/metrics";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listTenantUse } from "./list-tenant-use";
import { showAnalyticsOverview } from "./show-overview";
import { showCpuUse, showRequestsUse, showStorageUse } from "./show-resource";
import {
  type Asked,
  always,
  askedOf,
  checkSteps,
  ctxOf,
  fleet,
  measured,
  near,
  type Past,
  writePast,
} from "./testing-answers";
import * as expected from "./testing-expected";
import { matching, type Tenant } from "./testing-questions";
import { meanOf } from "./testing-truth";

process.env.USAGE_RETENTION_DAYS = "1";
process.env.USAGE_MINUTES_DAYS = "1";
process.env.USAGE_HOURS_DAYS = "20";

const resources = { cpu: showCpuUse, storage: showStorageUse, requests: showRequestsUse };

let control: TestControl;
let past: Past;
let tenants: Tenant[];

beforeAll(async () => {
  control = await testControl();
  past = await writePast(control);
  tenants = past.tenants;
}, 120_000);
beforeEach(forgetAnswers);
afterAll(() => control?.close());

const asked = (span: Span, who: Tenant[]) => askedOf(past.truth, span, who);

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
