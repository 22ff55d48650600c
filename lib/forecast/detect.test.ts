import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { anomaliesOf } from "./anomalies-of";
import { makeBaselines } from "./baselines";
import { detectAnomalies } from "./detect";
import { normalNoise } from "./testing-series";
import { type Value, writeUsage } from "./testing-usage";
import { dayMs, hourMs, hourOfWeek } from "./usual";
import { baselineOf } from "./usual-points";

let control: TestControl;
const tenants: Record<string, TestTenant> = {};
const until = Date.UTC(2026, 9, 30, 12);
const clock = () => new Date(until);
const signal = new AbortController().signal;
const id = (slug: string): string => tenants[slug]?.id ?? "";

/** Hourly values of five weeks up to `until`. */
function hours(valueAt: (at: number) => number): Value[] {
  return Array.from({ length: 35 * 24 }, (_, n) => until - (n + 1) * hourMs).map((at) => ({ at, value: valueAt(at) }));
}

beforeAll(async () => {
  control = await testControl();
  for (const slug of ["shop", "idle", "young", "drop"]) tenants[slug] = await control.makeTenant(slug);
  const noise = normalNoise(3);
  const weekly = (at: number) => (hourOfWeek(at) < 120 ? 40 : 8) * (1 + 0.05 * noise());
  // Three hours of a spike, two days ago; a drop that goes on.
  const spike = until - 50 * hourMs;
  const spiky = (at: number) => (at >= spike && at < spike + 3 * hourMs ? 300 + (at - spike) / 1000 : weekly(at));
  const write = (slug: string, values: Value[]) =>
    writeUsage(control, { tenant: id(slug) }, "hour", "requests", values);
  await write("shop", hours(spiky));
  await write(
    "idle",
    hours((at) => ((at / hourMs) % 50 === 0 ? 0.4 : 0)),
  );
  await write("young", hours((at) => (at === spike ? 900 : 5)).slice(0, 13 * 24));
  await write(
    "drop",
    hours((at) => (at >= until - 2 * hourMs ? 0 : 40 + noise())),
  );
  await control.sql("INSERT INTO usage_rollups (level, until) VALUES ('hour', $1)", [clock()]);
});

afterAll(() => control?.close());

/** Looks until nothing is left: one round only takes as long as it may. */
async function lookAtAll(): Promise<number> {
  let hours = 0;
  for (let more = await detectAnomalies(signal); more > 0; more = await detectAnomalies(signal)) hours += more;
  return hours;
}

const found = async () =>
  await controlDb().usageAnomaly.findMany({ orderBy: { startedAt: "asc" }, include: { tenant: true } });

test("before anything is known to be usual nothing is looked at", async () => {
  expect(await detectAnomalies(signal)).toBe(0);
});

test("a planted spike is found as one stretch, a drop goes on, all else is quiet", { timeout: 120_000 }, async () => {
  expect(await makeBaselines(clock, signal)).toBe(true);
  expect(await lookAtAll()).toBe(7 * 24);
  const rows = await found();
  expect(rows.map(({ tenant, metric, direction }) => [tenant.slug, metric, direction])).toEqual([
    ["shop", "requests", "high"],
    ["drop", "requests", "low"],
  ]);
  const [spike, drop] = rows;
  expect(spike?.startedAt.getTime()).toBe(until - 50 * hourMs);
  expect(spike?.endedAt?.getTime()).toBe(until - 47 * hourMs);
  expect(spike?.peak).toBe(7500);
  expect(spike?.expected).toBeGreaterThan(30);
  expect(drop).toMatchObject({ endedAt: null, peak: 0 });
});

test("a worker that starts again repeats and changes nothing", { timeout: 120_000 }, async () => {
  const before = await found();
  expect(before).toHaveLength(2);
  expect(await detectAnomalies(signal)).toBe(0);
  expect(await makeBaselines(clock, signal)).toBe(true);
  // As if it had died before it wrote down how far it came.
  await control.sql("UPDATE usage_rollups SET until = until - interval '60 hours' WHERE level = 'anomalies'");
  await lookAtAll();
  expect(await found()).toEqual(before);
});

test("what goes on ends with the first hour that is usual again", async () => {
  await writeUsage(control, { tenant: id("drop") }, "hour", "requests", [{ at: until, value: 41 }]);
  await control.sql("UPDATE usage_rollups SET until = until + interval '1 hour' WHERE level = 'hour'");
  expect(await detectAnomalies(signal)).toBe(1);
  expect((await found()).at(-1)?.endedAt?.getTime()).toBe(until);
});

test("charts get the band of what is usual, and what was not, within their time", async () => {
  const db = controlDb();
  const from = until - 60 * hourMs;
  const { requests, cpu } = await baselineOf(db, id("shop"), ["requests", "cpu", "storage"], from, until, hourMs);
  expect(cpu).toBeUndefined();
  expect(requests?.low).toHaveLength(60);
  const middle = requests?.low.map(([, low], at) => ((low ?? 0) + (requests.high[at]?.[1] ?? 0)) / 2);
  expect(middle?.[0]).toBeGreaterThan(35);
  expect(middle?.[0]).toBeLessThan(45);
  const days = await baselineOf(db, id("shop"), ["requests"], until - 7 * dayMs, until, dayMs);
  expect(days.requests?.high).toHaveLength(7);
  expect(await baselineOf(db, id("young"), ["requests"], from, until, hourMs)).toEqual({});
  expect(await anomaliesOf(db, id("shop"), from, until)).toMatchObject([{ metric: "requests", peak: 7500 }]);
  expect(await anomaliesOf(db, id("shop"), until - 40 * hourMs, until)).toEqual([]);
});

test("what is usual is made at once when enough history appears, and not again each minute", async () => {
  const later = (minutes: number) => () => new Date(until + minutes * 60_000);
  const young = async () => {
    const row = await controlDb().usageBaseline.findFirst({ where: { tenantId: id("young"), metric: "requests" } });
    return { madeAt: row?.madeAt, known: row?.median.length };
  };
  await makeBaselines(later(1), signal);
  expect(await young()).toEqual({ madeAt: clock(), known: 0 });
  const past = hours(() => 5).slice(13 * 24);
  await writeUsage(control, { tenant: id("young") }, "hour", "requests", past);
  await makeBaselines(later(2), signal);
  expect(await young()).toEqual({ madeAt: later(2)(), known: 168 });
  await makeBaselines(later(3), signal);
  expect((await young()).madeAt).toEqual(later(2)());
});

test("old history with too few known hours is not looked at again each minute", async () => {
  const rare = await control.makeTenant("rare");
  const few = hours(() => 5).slice(0, 20 * 24);
  await writeUsage(control, { tenant: rare.id }, "hour", "storage", few);
  await writeUsage(control, { tenant: rare.id }, "hour", "requests", few.slice(0, 9 * 24));
  await makeBaselines(clock, signal);
  const later = new Date(until + 60_000);
  expect(await makeBaselines(() => later, signal)).toBe(true);
  const rows = await controlDb().usageBaseline.findMany({ where: { tenantId: rare.id } });
  expect(rows.every(({ madeAt, median }) => madeAt.getTime() === until && median.length === 0)).toBe(true);
});

test("baselines of a tenant that is gone go too", async () => {
  await controlDb().tenant.delete({ where: { id: id("idle") } });
  await makeBaselines(() => new Date(until + dayMs), signal);
  expect(await controlDb().$queryRaw`SELECT 1 FROM usage_baselines WHERE tenant_id = ${id("idle")}::uuid`).toEqual([]);
});
