import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { setRolledUp, writeBuckets } from "@/lib/history/testing-usage";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { compareTenants } from "./compare-tenants";
import { listTenantUse } from "./list-tenant-use";
import { showGrowth } from "./show-growth";
import { showHeatmap } from "./show-heatmap";
import { showAnalyticsOverview } from "./show-overview";
import { showPerformance } from "./show-performance";
import { showCpuUse, showStorageUse } from "./show-resource";

let control: TestControl;
let big: TestTenant;
let small: TestTenant;
const hour = 3_600_000;
const now = new Date(Math.floor(Date.now() / hour) * hour + 30 * 60_000);
const h = (ago: number) => new Date(Math.floor(now.getTime() / hour) * hour - ago * hour);
const clock = { now: () => now };
const asked = { granularity: "hour" as const, from: h(3).toISOString() };
const local = { kind: "region" as const, values: ["local"] };
const values = (points: [number, number | null][] | undefined) => points?.map(([, value]) => value);

beforeAll(async () => {
  control = await testControl();
  big = await control.makeTenant("big");
  small = await control.makeTenant("small");
  await control.makeTenant("quiet");
  await control.sql("UPDATE tenants SET region = 'elsewhere', created_at = $2 WHERE id = $1", [big.id, h(400)]);
  await control.sql("UPDATE tenants SET created_at = $1 WHERE region = 'local'", [h(2)]);
  await setRolledUp(control, { minute: now, hour: h(0), day: h(24) });
  // cpu: big 10 before, then 40, unknown, 60; small 20 before, then 10, 10, 10 (by another source).
  await writeBuckets(control, "hour", big.id, "cpu", [
    { at: h(5), mean: 10 },
    { at: h(3), mean: 40, max: 90 },
    { at: h(1), mean: 60 },
  ]);
  await writeBuckets(
    control,
    "hour",
    small.id,
    "cpu",
    [5, 3, 2, 1].map((ago) => ({ at: h(ago), mean: ago === 5 ? 20 : 10 })),
    "active_time",
  );
  await writeBuckets(control, "hour", control.serverId, "cpuUnattributed", [{ at: h(3), mean: 5 }], "proc", "server");
});

beforeEach(forgetAnswers);

afterAll(async () => {
  await control?.close();
});

test("the overview adds tenants up, leaves unknown ones out, and compares with the period before", async () => {
  const answer = await perform(showAnalyticsOverview, as("viewer", clock), asked);
  expect(answer.span).toMatchObject({ level: "hour", stepSeconds: 3600, from: h(3).toISOString() });
  expect(values(answer.series.cpu)).toEqual([50, 10, 70, null]);
  // The mean of three known hours, and of the one before.
  expect(answer.totals.cpu).toEqual({ now: 43.33333, before: 30, peak: 70 });
  expect(answer.series.memory).toBeUndefined();
  expect(answer.tenants).toEqual({ total: 3, measured: 2, created: 2, deleted: 0 });
  expect(values(answer.unattributed?.cpu)).toEqual([5, null, null, null]);
  expect(answer.movers.cpu?.up).toMatchObject([{ tenant: { slug: "big" }, before: 10, now: 50, change: 40 }]);
  expect(answer.movers.cpu?.down).toMatchObject([{ tenant: { slug: "small" }, before: 20, now: 10, change: -10 }]);
});

test("a tenant counts as measured whatever is known of it, in the period itself", async () => {
  const ask = async (hours: [number, number]) => {
    const [from, to] = hours.map((ago) => h(ago).toISOString());
    const { tenants } = await perform(showAnalyticsOverview, as("viewer", clock), { ...asked, from, to });
    return tenants.measured;
  };
  // Some three days ago, where nothing else is known.
  expect(await ask([80, 76])).toBe(0);
  await writeBuckets(control, "hour", small.id, "appMemory", [{ at: h(78), mean: 50 }]);
  forgetAnswers();
  expect(await ask([80, 76])).toBe(1);
  // As the time before, it does not count.
  expect(await ask([76, 72])).toBe(0);
});

test("who sees some tenants only has only those in every sum and list", async () => {
  const ctx = as("viewer", { ...clock, scope: local });
  const overview = await perform(showAnalyticsOverview, ctx, asked);
  expect(values(overview.series.cpu)).toEqual([10, 10, 10, null]);
  expect(overview).toMatchObject({ tenants: { total: 2, measured: 1 }, unattributed: null });
  expect(JSON.stringify(overview)).not.toContain("big");
  const { tenants, total } = await perform(listTenantUse, ctx, asked);
  expect([total, tenants.map(({ tenant }) => tenant.slug)]).toEqual([2, ["small", "quiet"]]);
  const use = await perform(showCpuUse, ctx, asked);
  expect([use.tenants.length, use.parts.length, use.distribution.tenants]).toEqual([1, 0, 1]);
  expect((await perform(showHeatmap, ctx, asked)).rows.map(({ tenant }) => tenant.slug)).toEqual(["small"]);
  expect((await perform(showPerformance, ctx, asked)).worst).toEqual({});
  expect((await perform(showGrowth, ctx, asked)).tenants.at(-1)?.total).toBe(2);
  const compared = perform(compareTenants, ctx, { ...asked, tenant: [big.id, small.id] });
  await expect(compared).rejects.toMatchObject({ code: "not_found" });
});

test("kept answers never reach somebody with another scope, nor another question", async () => {
  const [all, some] = [as("viewer", clock), as("viewer", { ...clock, scope: local })];
  await perform(showCpuUse, all, asked);
  expect((await perform(showCpuUse, some, asked)).tenants.map(({ tenant }) => tenant.slug)).toEqual(["small"]);
  expect((await perform(showCpuUse, all, asked)).tenants).toHaveLength(2);
  expect((await perform(showCpuUse, all, { ...asked, region: ["local"] })).tenants).toHaveLength(1);
});

test("a resource has its sum, the top, what is left, shares, and says every source", async () => {
  const use = await perform(showCpuUse, as("viewer", clock), { ...asked, top: 1 });
  expect(values(use.total)).toEqual([50, 10, 70, null]);
  expect(use.tenants).toMatchObject([{ tenant: { slug: "big" }, share: 0.8333333, before: 10 }]);
  expect(use.tenants[0]?.over).toMatchObject({ avg: 50, min: 40, max: 90, last: 60, sum: 50 * 7200 });
  expect(values(use.tenants[0]?.points)).toEqual([40, null, 60, null]);
  expect(values(use.rest)).toEqual([10, 10, 10, null]);
  expect(use.sources).toEqual(["active_time", "proc"]);
  expect(use.parts).toMatchObject([{ name: "unattributed" }]);
  expect(use.distribution).toMatchObject({ tenants: 2, quantiles: { p50: 10, max: 50 }, gini: 0.3333333 });
  expect(use.distribution.bins.map(({ from, to, tenants }) => [from, to, tenants])).toEqual([
    [0, 8, 0],
    [8, 16, 1],
    [16, 32, 0],
    [32, 64, 1],
  ]);
  expect((await perform(showStorageUse, as("viewer", clock), asked)).total.every(([, value]) => value === null)).toBe(
    true,
  );
});

test("tenants are listed by what they used, those unknown last, with shares of the whole", async () => {
  const ask = async (input: object) =>
    (await perform(listTenantUse, as("viewer", clock), { ...asked, ...input })).tenants.map(
      ({ tenant }) => tenant.slug,
    );
  expect(await ask({})).toEqual(["big", "small", "quiet"]);
  expect(await ask({ order: "asc" })).toEqual(["small", "big", "quiet"]);
  expect(await ask({ by: "change", order: "asc" })).toEqual(["small", "big", "quiet"]);
  expect(await ask({ sort: "name", order: "asc" })).toEqual(["big", "quiet", "small"]);
  expect(await ask({ page: 2, pageSize: 1 })).toEqual(["small"]);
  const { tenants } = await perform(listTenantUse, as("viewer", clock), asked);
  expect(tenants[0]?.figures.cpu).toEqual({ avg: 50, max: 90, sum: 360_000, before: 10, share: 0.8333333 });
  expect(tenants[2]?.figures).toEqual({});
});

test("tenants are compared as measured, by their own peaks, and as parts of their sum", async () => {
  const ask = async (mode: "absolute" | "normalised" | "share") => {
    const input = { ...asked, tenant: [big.id, small.id], mode };
    const { tenants } = await perform(compareTenants, as("viewer", clock), input);
    return tenants.map(({ points }) => points.map(([, value]) => value));
  };
  const [, , , open] = (await ask("absolute"))[0] ?? [];
  expect(open).toBeNull();
  expect((await ask("absolute")).map((one) => one.slice(0, 3))).toEqual([
    [40, null, 60],
    [10, 10, 10],
  ]);
  expect((await ask("normalised"))[0]?.slice(0, 3)).toEqual([66.66667, null, 100]);
  expect((await ask("share")).map((one) => one[0])).toEqual([80, 20]);
});

test("the heat map has a row a tenant, the highest first, and leaves cells without a value empty", async () => {
  const map = await perform(showHeatmap, as("viewer", clock), asked);
  expect(map.rows.map(({ tenant, values: cells }) => [tenant.slug, cells])).toEqual([
    ["big", [40, null, 60, null]],
    ["small", [10, 10, 10, null]],
  ]);
  expect(map).toMatchObject({ highest: 60, tenants: 3, rows: [{ mean: 50, peak: 90 }, {}] });
  const named = await perform(showHeatmap, as("viewer", clock), { ...asked, sort: "name", top: 2 });
  expect(named.rows.map(({ tenant }) => tenant.slug)).toEqual(["big", "quiet"]);
  const wide = perform(showHeatmap, as("viewer", clock), { granularity: "minute", range: "6h" });
  await expect(wide).rejects.toMatchObject({ fields: { granularity: expect.stringContaining("200 columns") } });
});

test("response times are weighed by requests, and errors are added", async () => {
  for (const [tenant, latency, requests] of [
    [big, 100, 1],
    [small, 10, 9],
  ] as const) {
    await writeBuckets(control, "hour", tenant.id, "latency", [{ at: h(3), mean: latency }], "runtime");
    await writeBuckets(control, "hour", tenant.id, "requests", [{ at: h(3), mean: requests }], "runtime");
    await writeBuckets(control, "hour", tenant.id, "errors", [{ at: h(3), mean: 0.5 }], "runtime");
  }
  const { series, worst } = await perform(showPerformance, as("viewer", clock), asked);
  expect(values(series.latency)?.[0]).toBe(19);
  expect(values(series.errors)?.[0]).toBe(1);
  expect(worst.latency?.map(({ tenant }) => tenant.slug)).toEqual(["big", "small"]);
});

test("a tenant that tells of response times but not of requests is among the worst, but not in the fleet's time", async () => {
  const alone = await control.makeTenant("alone");
  await writeBuckets(control, "hour", alone.id, "latency", [{ at: h(3), mean: 250 }], "otlp");
  const { series, worst } = await perform(showPerformance, as("viewer", clock), { ...asked, search: "alone" });
  expect(values(series.latency)?.every((value) => value === null)).toBe(true);
  expect(worst.latency?.map(({ tenant, over }) => [tenant.slug, over.avg])).toEqual([["alone", 250]]);
  await control.sql("DELETE FROM tenants WHERE id = $1", [alone.id]);
});

test("growth counts tenants made and gone, and storage at the end of each step", async () => {
  await writeBuckets(control, "hour", big.id, "storage", [
    { at: h(3), mean: 100, last: 110 },
    { at: h(1), mean: 150, last: 160 },
  ]);
  await writeBuckets(control, "hour", small.id, "storage", [{ at: h(3), mean: 5 }]);
  const gone = await control.makeTenant("gone");
  await control.sql("UPDATE tenants SET created_at = $2, deleted_at = $3 WHERE id = $1", [gone.id, h(400), h(1)]);
  const { tenants, storage, fastest } = await perform(showGrowth, as("viewer", clock), asked);
  expect(tenants.map(({ total, created, deleted }) => [total, created, deleted])).toEqual([
    [2, 0, 0],
    [4, 2, 0],
    [3, 0, 1],
    [3, 0, 0],
  ]);
  expect(values(storage)).toEqual([115, null, 160, null]);
  expect(fastest).toMatchObject([{ tenant: { slug: "big" }, from: 110, to: 160, perDay: 600 }]);
});
