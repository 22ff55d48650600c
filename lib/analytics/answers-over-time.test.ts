import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Span } from "@/lib/history/shapes";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { compareTenants } from "./compare-tenants";
import { showGrowth } from "./show-growth";
import { showHeatmap } from "./show-heatmap";
import { showPerformance } from "./show-performance";
import { showTenantHistory } from "./show-tenant-history";
import {
  always,
  askedOf,
  checkSteps,
  clock,
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
