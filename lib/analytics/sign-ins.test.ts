import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { listSignIns } from "./sign-ins";

const now = new Date("2026-05-04T10:00:00.000Z");
let control: TestControl;
let shop: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  control = await testControl();
  shop = await control.makeTenant("shop");
  other = await control.makeTenant("other");
  await control.makeTenant("quiet");
  await control.sql("UPDATE tenants SET region = 'apart' WHERE id = $1", [other.id]);
  await signIn(shop, 10, "signed_in", { user: "one" });
  await signIn(shop, 20, "signed_in", { user: "one" });
  await signIn(shop, 70, "signed_in", { user: "two" });
  await signIn(shop, 30, "sign_in_failed", { user: "three" }, "203.0.113.9");
  await signIn(shop, 31, "sign_in_failed", { times: "40" });
  await signIn(other, 40, "signed_in", { user: "one" });
  await signIn(other, 41, "sign_in_failed", {}, "203.0.113.9");
  await signIn(other, 3000, "signed_in", { user: "old" });
  await signIn(shop, 5, "vacuumed", {});
});
beforeEach(forgetAnswers);
afterAll(async () => {
  await control.close();
});

const clock = { now: () => now };
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

async function signIn(tenant: TestTenant, minutes: number, type: string, metadata: object, ip?: string): Promise<void> {
  await control.sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at, metadata, ip_address)
     VALUES ($1, $2, 'told by the app', 'app', $3, $4, $5)`,
    [tenant.id, type, ago(minutes), JSON.stringify(metadata), ip ?? null],
  );
}

test("sign-ins are counted, users once for each tenant, and a flood as many times as it says", async () => {
  const { totals, steps } = await perform(listSignIns, as("owner", clock), { range: "24h" });
  expect(totals).toEqual({ succeeded: 4, failed: 42, users: 3 });
  expect(steps.reduce((sum, { failed }) => sum + failed, 0)).toBe(42);
  expect(steps.filter(({ succeeded }) => succeeded > 0)).toEqual([
    { at: ago(75).getTime(), succeeded: 1, failed: 0 },
    { at: ago(45).getTime(), succeeded: 1, failed: 41 },
    { at: ago(30).getTime(), succeeded: 1, failed: 1 },
    { at: ago(15).getTime(), succeeded: 1, failed: 0 },
  ]);
});

test("tenants stand by their sign-ins, and an active one of whom nobody came is quiet", async () => {
  const { tenants, quiet } = await perform(listSignIns, as("owner", clock), { range: "24h" });
  const told = tenants.map(({ tenant, ...counts }) => ({ slug: tenant.slug, ...counts }));
  expect(told).toEqual([
    { slug: "shop", succeeded: 3, failed: 41, users: 2, lastAt: ago(10).toISOString() },
    { slug: "other", succeeded: 1, failed: 1, users: 1, lastAt: ago(40).toISOString() },
  ]);
  expect(quiet).toBe(1);
});

test("users of all tenants are counted even where only the top is told", async () => {
  const { tenants, totals } = await perform(listSignIns, as("owner", clock), { range: "24h", top: 1 });
  expect(tenants).toHaveLength(1);
  expect(totals.users).toBe(3);
});

test("an address that fails at several tenants is told with them, and the newest sign-ins without other activities", async () => {
  const { failing, latest } = await perform(listSignIns, as("owner", clock), { range: "24h" });
  expect(failing).toEqual([{ address: "203.0.113.9", failed: 2, tenants: 2, lastAt: ago(30).toISOString() }]);
  expect(latest).toHaveLength(7);
  expect(latest[0]).toMatchObject({ type: "signed_in", at: ago(10).toISOString() });
});

test("who reaches some tenants only learns nothing of the others", async () => {
  const theirs = as("viewer", { ...clock, scope: { kind: "region", values: ["apart"] } });
  const told = await perform(listSignIns, theirs, { range: "24h" });
  expect(told.totals).toEqual({ succeeded: 1, failed: 1, users: 1 });
  expect(told.failing).toMatchObject([{ failed: 1, tenants: 1 }]);
  expect(told.quiet).toBe(0);
  await expect(perform(listSignIns, theirs, { tenant: shop.id })).rejects.toMatchObject({ code: "not_found" });
  const one = await perform(listSignIns, as("owner", clock), { range: "24h", tenant: other.id });
  expect(one.totals.succeeded).toBe(1);
  expect(one.quiet).toBe(0);
});

test("a flood of successes counts as so many sign-ins and as no user", async () => {
  const busy = await control.makeTenant("busy");
  await signIn(busy, 10, "signed_in", { user: "one" });
  await signIn(busy, 9, "signed_in", { times: "12" });
  const told = await perform(listSignIns, as("owner", clock), { range: "1h", tenant: busy.id });
  expect(told.totals).toEqual({ succeeded: 13, failed: 0, users: 1 });
  expect(told.tenants).toMatchObject([{ succeeded: 13, users: 1, lastAt: ago(9).toISOString() }]);
});

test("a period in which nobody came is all zeros, not unknown: apps told of nothing", async () => {
  const told = await perform(listSignIns, as("owner", clock), {
    from: ago(600).toISOString(),
    to: ago(500).toISOString(),
  });
  expect(told.totals).toEqual({ succeeded: 0, failed: 0, users: 0 });
  expect(told.tenants).toEqual([]);
  expect(told.quiet).toBe(4);
});
