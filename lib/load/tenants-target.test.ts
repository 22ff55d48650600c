import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { machineTime } from "./machine-time";
import { stress } from "./stress";
import { tenantsTarget } from "./tenants-target";

let control: TestControl;
let tenants: TestTenant[];
beforeAll(async () => {
  control = await testControl();
  tenants = [await control.makeTenant("first"), await control.makeTenant("second")];
});
afterAll(() => control.close());

const signal = new AbortController().signal;
const brief = { clients: 2, seconds: 0.5, rampSeconds: 0.2, rate: 20, time: machineTime, signal };

const visits = async () => {
  const names = tenants.map(({ database }) => database);
  const { rows } = await control.sql("SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = ANY ($1)", [
    names,
  ]);
  return rows[0].open;
};

test("every tenant's database is asked, and nothing is left behind", async () => {
  const target = tenantsTarget(tenants, "a test of load", 2);
  const report = await stress(target.request, { ...brief, told: () => undefined, where: "here" }).finally(target.close);
  expect(report.climb.length).toBe(2);
  expect(report.held).toMatchObject({ due: 10, failed: {}, limited: {} });
  expect(target.runtime.stats()).toMatchObject({ connects: expect.any(Number), losses: 0, open: 0 });
  expect(target.runtime.stats().connects).toBeGreaterThanOrEqual(2);
  expect(await controlDb().runtimeProcess.count()).toBe(0);
  await expect.poll(visits).toBe(0);
});

test("a tenant that is not served is a failure by its name, not an end of the test", async () => {
  await control.sql("UPDATE tenants SET status = 'suspended' WHERE slug = 'second'");
  const target = tenantsTarget(tenants.slice(1), "a test of load", 2);
  const report = await stress(target.request, { ...brief, told: () => undefined, where: "here" }).finally(target.close);
  expect(report.held?.done).toBe(0);
  expect(Object.keys(report.held?.failed ?? {})).toEqual(["suspended"]);
  expect(report.limitedBy[0]).toMatch(/Failures: 100 %.*suspended/);
});
