import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { setRolledUp, writeBuckets } from "@/lib/history/testing-usage";
import { newId } from "@/lib/kernel/ids";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { showTenantHistory } from "./show-tenant-history";

let control: TestControl;
let shop: TestTenant;
let other: TestTenant;
const now = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 + 600_000);
const minutes = (ago: number) => new Date(now.getTime() - ago * 60_000);
const clock = { now: () => now };

beforeAll(async () => {
  control = await testControl();
  shop = await control.makeTenant("shop");
  other = await control.makeTenant("other");
  await setRolledUp(control, { minute: minutes(2), hour: minutes(10), day: minutes(24 * 60) });
  await writeBuckets(control, "minute", shop.id, "cpu", [
    { at: minutes(30), mean: 10, min: 5, max: 20 },
    { at: minutes(29), mean: 40, ms: 30_000, min: 30, max: 50 },
    { at: minutes(90), mean: 8 },
  ]);
  await writeBuckets(control, "hour", shop.id, "cpu", [{ at: minutes(70), mean: 20 }]);
  await writeBuckets(control, "hour", other.id, "cpu", [{ at: minutes(70), mean: 30 }]);
});

beforeEach(forgetAnswers);

afterAll(async () => {
  await control?.close();
});

async function log(metric: string, at: Date, value: number): Promise<void> {
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source) VALUES ($1, $2, $3, '', $4, 'pss_anon')`,
    [shop.id, metric, value, at],
  );
}

test("an hour of a tenant is read from minutes, a gap is null, and totals weigh by how long a value is known", async () => {
  const { span, series, totals } = await perform(showTenantHistory, as("viewer", clock), { id: shop.id, range: "1h" });
  expect(span).toMatchObject({ level: "minute", stepSeconds: 60, tz: "UTC", to: now.toISOString() });
  const at = (ago: number) => series.cpu?.avg.find(([time]) => time === minutes(ago).getTime())?.[1];
  expect([at(31), at(30), at(29), at(28)]).toEqual([null, 10, 40, null]);
  expect(series.cpu?.max.find(([time]) => time === minutes(29).getTime())?.[1]).toBe(50);
  expect(series.memory).toBeUndefined();
  expect(series.cpu?.sources).toEqual(["proc"]);
  expect(totals.cpu).toEqual({ avg: 20, min: 5, max: 50, last: 40, sum: 1800, known: 0.025, before: 8, rank: 1 });
});

test("what is not rolled up yet is read as it was measured, up to now and not beyond", async () => {
  await log("memory", minutes(3), 100);
  await log("memory", minutes(1.5), 300);
  await log("memory", minutes(1.5), 200);
  const { series, totals } = await perform(showTenantHistory, as("viewer", clock), { id: shop.id, range: "1h" });
  // The minute before last is half 100 and half 200 (of two values at one time the later written wins); then 200.
  expect(series.memory?.avg.slice(-3).map(([, value]) => value)).toEqual([null, 150, 200]);
  expect(totals.memory).toMatchObject({ last: 200, sum: 100 * 30 + 200 * 90 });
});

test("steps of an hour are put together from hours, and the newest hour from minutes", async () => {
  await writeBuckets(control, "minute", shop.id, "cpu", [{ at: minutes(5), mean: 60 }]);
  const day = await perform(showTenantHistory, as("viewer", clock), { id: shop.id, granularity: "hour" });
  expect(day.span).toMatchObject({ level: "hour", stepSeconds: 3600 });
  expect(day.series.cpu?.avg.slice(-3).map(([, value]) => value)).toEqual([null, 20, 60]);
});

test("a tenant's rank is its place among those within reach", async () => {
  const rank = async (scope?: { kind: "region"; values: string[] }) => {
    const ctx = as("viewer", { ...clock, ...(scope && { scope }) });
    return (await perform(showTenantHistory, ctx, { id: shop.id, granularity: "hour" })).totals.cpu?.rank;
  };
  expect(await rank()).toBe(2);
  await control.sql("UPDATE tenants SET region = 'elsewhere' WHERE id = $1", [other.id]);
  expect(await rank({ kind: "region", values: ["local"] })).toBe(1);
  expect(await rank()).toBe(2);
});

test("a tenant out of reach has no history", async () => {
  const ctx = as("viewer", { ...clock, scope: { kind: "region", values: ["local"] } });
  const asked = perform(showTenantHistory, ctx, { id: other.id });
  await expect(asked).rejects.toMatchObject({ code: "not_found" });
  await expect(perform(showTenantHistory, as("viewer", clock), { id: newId(now) })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("what happened meanwhile is told to those who may read activities only", async () => {
  await control.sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at)
     VALUES ($1, 'status_changed', 'Suspended.', 'somebody', $2), ($1, 'status_changed', 'Long ago.', 'somebody', $3),
            ($1, 'migrated', 'Later.', 'somebody', $4), ($1, 'signed_in', 'A visit.', 'somebody', $4)`,
    [shop.id, minutes(20), minutes(300), minutes(10)],
  );
  const told = await perform(showTenantHistory, as("viewer", clock), { id: shop.id, range: "1h" });
  expect(told.annotations).toEqual([
    { at: minutes(20).toISOString(), type: "status_changed", description: "Suspended.", actor: "somebody" },
    { at: minutes(10).toISOString(), type: "migrated", description: "Later.", actor: "somebody" },
  ]);
  const ctx = as("viewer", clock);
  if (ctx.actor.kind !== "user") throw new Error("a user is meant");
  const less = { ...ctx, actor: { ...ctx.actor, permissions: ["metrics:read" as const] } };
  expect((await perform(showTenantHistory, less, { id: shop.id, range: "1h" })).annotations).toEqual([]);
});

test("what is usual lies as a band at each step, and what was not is told of the metrics that were asked for", async () => {
  await control.sql(
    `INSERT INTO usage_baselines (tenant_id, metric, made_at, hours, median, spread)
     VALUES ($1, 'cpu', $2, 600, array_fill(100::float8, ARRAY[168]), array_fill(10::float8, ARRAY[168]))`,
    [shop.id, now],
  );
  await control.sql(
    `INSERT INTO usage_anomalies (tenant_id, metric, started_at, direction, peak, expected, score)
     SELECT $1, metric, $2, 'high', 400, 100, 30 FROM unnest('{cpu,requests}'::text[]) AS metric`,
    [shop.id, minutes(70)],
  );
  const ask = (metric: ("cpu" | "memory")[]) =>
    perform(showTenantHistory, as("viewer", clock), { id: shop.id, range: "1h", metric });
  const { baseline, anomalies, series } = await ask(["cpu"]);
  expect(anomalies).toMatchObject([{ metric: "cpu", from: minutes(70).toISOString(), to: null, peak: 400 }]);
  const { low = [], high = [] } = baseline.cpu ?? {};
  expect(low.map(([at]) => at)).toEqual(series.cpu?.avg.map(([at]) => at));
  expect(new Set(low.map(([, value]) => value))).toEqual(new Set([30]));
  expect(new Set(high.map(([, value]) => value))).toEqual(new Set([170]));
  expect(await ask(["memory"])).toMatchObject({ baseline: {}, anomalies: [] });
});

test("a period that can't be answered is refused by its field's name", async () => {
  const ask = (input: object) => perform(showTenantHistory, as("viewer", clock), { id: shop.id, ...input });
  const from = minutes(60).toISOString();
  await expect(ask({ from, to: minutes(90).toISOString() })).rejects.toMatchObject({ fields: { to: /after/ } });
  await expect(ask({ from: minutes(-60).toISOString() })).rejects.toMatchObject({ fields: { from: /future/ } });
  await expect(ask({ range: "30d", granularity: "minute" })).rejects.toMatchObject({ fields: { granularity: /many/ } });
  await expect(ask({ from: "2001-01-01T00:00:00Z" })).rejects.toMatchObject({ fields: { from: /five years/ } });
});
