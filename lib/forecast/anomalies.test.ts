import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { listAnomalies } from "./anomalies";
import { writeUsage } from "./testing-usage";
import { dayMs, hourMs } from "./usual";

let control: TestControl;
const now = new Date("2026-10-30T12:00:00.000Z");
const at = (ago: number) => new Date(now.getTime() - ago);
const time = { now: () => now };

beforeAll(async () => {
  control = await testControl();
  const shop = await control.makeTenant("shop");
  const cafe = await control.makeTenant("cafe");
  await controlDb().tenant.update({ where: { id: cafe.id }, data: { region: "eu" } });
  const row = { metric: "cpu", direction: "high", peak: 90, expected: 10, score: 8 };
  await controlDb().usageAnomaly.createMany({
    data: [
      { ...row, tenantId: shop.id, startedAt: at(3 * hourMs), endedAt: at(hourMs) },
      { ...row, tenantId: shop.id, metric: "latency", startedAt: at(20 * dayMs), endedAt: at(19 * dayMs) },
      { ...row, tenantId: cafe.id, metric: "errors", startedAt: at(5 * hourMs) },
    ],
  });
});

afterAll(() => control?.close());

const list = (input: object, scope?: { kind: "region"; values: string[] }) =>
  perform(listAnomalies, as("viewer", scope ? { ...time, scope } : time), input);

test("what goes on comes first, then the newest; the rest is out of the period", async () => {
  const { anomalies, total, open, span } = await list({});
  expect(anomalies.map(({ tenant, metric }) => [tenant.slug, metric])).toEqual([
    ["cafe", "errors"],
    ["shop", "cpu"],
  ]);
  expect([total, open]).toEqual([2, 1]);
  expect(span).toMatchObject({ level: "hour", stepSeconds: 3600, to: now.toISOString() });
  expect(anomalies[1]).toMatchObject({ from: at(3 * hourMs).toISOString(), to: at(hourMs).toISOString(), score: 8 });
});

test("a longer period, a metric, a tenant and pages narrow it", async () => {
  expect((await list({ range: "30d" })).total).toBe(3);
  expect((await list({ range: "30d", metric: ["latency"] })).anomalies).toHaveLength(1);
  expect((await list({ search: "cafe" })).total).toBe(1);
  expect((await list({ range: "30d", pageSize: 2, page: 2 })).anomalies).toHaveLength(1);
});

test("whose rights reach one region learns nothing of another", async () => {
  const { anomalies, total, open } = await list({ range: "30d" }, { kind: "region", values: ["eu"] });
  expect([anomalies.length, total, open]).toEqual([1, 1, 1]);
  expect((await list({ range: "30d" }, { kind: "region", values: ["us"] })).total).toBe(0);
});

test("it says how far it is worked out, and when it will be where nothing is usual yet", async () => {
  const none = { usual: 0, until: null };
  expect((await list({})).watch).toEqual({ tenants: 2, ...none, possible: null });
  const cafe = await controlDb().tenant.findFirstOrThrow({ where: { slug: "cafe" } });
  await writeUsage(control, { tenant: cafe.id }, "hour", "cpu", [{ at: now.getTime() - 3 * dayMs, value: 5 }]);
  const possible = new Date(now.getTime() + 11 * dayMs).toISOString();
  expect((await list({})).watch).toEqual({ tenants: 2, ...none, possible });
  expect((await list({ search: "shop" })).watch).toEqual({ tenants: 1, ...none, possible: null });
  await controlDb().usageBaseline.create({
    data: { tenantId: cafe.id, metric: "cpu", madeAt: now, hours: 400, median: [1], spread: [1] },
  });
  await control.sql("INSERT INTO usage_rollups (level, until) VALUES ('anomalies', $1)", [at(hourMs)]);
  const until = at(hourMs).toISOString();
  expect((await list({})).watch).toEqual({ tenants: 2, usual: 1, until, possible: null });
  expect((await list({}, { kind: "region", values: ["us"] })).watch).toMatchObject({ tenants: 0, usual: 0 });
});

test("a period that ends before it begins is refused", async () => {
  const wrong = list({ from: now.toISOString(), to: at(hourMs).toISOString() });
  await expect(wrong).rejects.toMatchObject({ code: "invalid" });
});
