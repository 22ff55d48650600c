import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { listFleetActivities } from "./activities";

const now = new Date("2026-03-29T10:00:00.000Z");
let control: TestControl;
let shop: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  control = await testControl();
  shop = await control.makeTenant("shop");
  other = await control.makeTenant("other");
  await control.sql("UPDATE tenants SET plan = 'business', tags = '{key}' WHERE id = $1", [shop.id]);
  await control.sql("DELETE FROM tenant_activities");
});
beforeEach(forgetAnswers);
afterAll(async () => {
  await control.close();
});

const clock = { now: () => now };
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
let made = 0;

async function happened(tenant: TestTenant, minutes: number, type: string, actor = "demo"): Promise<void> {
  await control.sql(
    `INSERT INTO tenant_activities (tenant_id, activity_type, description, actor, created_at, ip_address)
     VALUES ($1, $2, $3, $4, $5, '198.51.100.7')`,
    [tenant.id, type, `Number ${++made} of 100% SURE`, actor, ago(minutes)],
  );
}

test("activities are counted by type and over time, and told newest first whatever the order they were written in", async () => {
  await happened(shop, 10, "vacuumed");
  await happened(shop, 50, "step_failed");
  await happened(other, 30, "vacuumed", "ada@example.com");
  await happened(other, 61, "edited");
  await happened(other, 3000, "edited");
  const told = await perform(listFleetActivities, as("owner", clock), { range: "1h" });
  expect(told.total).toBe(3);
  expect(told.types).toEqual([
    { type: "vacuumed", activities: 2 },
    { type: "step_failed", activities: 1 },
  ]);
  expect(told.activities.map(({ type, at }) => [type, at])).toEqual([
    ["vacuumed", ago(10).toISOString()],
    ["vacuumed", ago(30).toISOString()],
    ["step_failed", ago(50).toISOString()],
  ]);
  expect(told.activities[0]).toMatchObject({ tenant: { slug: "shop" }, actor: "demo", ipAddress: "198.51.100.7" });
});

test("steps are whole minutes that hold every activity of the period once", async () => {
  const { span, steps, total } = await perform(listFleetActivities, as("owner", clock), { range: "1h" });
  expect(span).toMatchObject({ stepSeconds: 60, from: ago(60).toISOString(), to: now.toISOString(), level: "raw" });
  expect(steps).toHaveLength(60);
  expect(steps.filter(({ activities }) => activities > 0)).toEqual([
    { at: ago(50).getTime(), activities: 1, failures: 1 },
    { at: ago(30).getTime(), activities: 1, failures: 0 },
    { at: ago(10).getTime(), activities: 1, failures: 0 },
  ]);
  expect(steps.reduce((sum, { activities }) => sum + activities, 0)).toBe(total);
});

test("days follow the asker's time zone, a short one where clocks change too", async () => {
  const asked = { from: "2026-03-27T12:00:00.000Z", tz: "Europe/Vienna", granularity: "day" as const };
  const { span, steps } = await perform(listFleetActivities, as("owner", clock), asked);
  expect(span).toMatchObject({ from: "2026-03-26T23:00:00.000Z", to: now.toISOString() });
  expect(steps).toEqual([
    { at: Date.parse("2026-03-26T23:00:00.000Z"), activities: 1, failures: 0 },
    { at: Date.parse("2026-03-27T23:00:00.000Z"), activities: 0, failures: 0 },
    { at: Date.parse("2026-03-28T23:00:00.000Z"), activities: 4, failures: 1 },
  ]);
});

test("filters narrow all figures; types are told whatever type is asked for", async () => {
  const ask = async (input: object) => {
    const { total, types, activities } = await perform(listFleetActivities, as("owner", clock), input);
    return { total, types: types.map(({ type }) => type), told: activities.map(({ type }) => type) };
  };
  expect(await ask({ type: ["edited"] })).toEqual({
    total: 1,
    types: ["vacuumed", "edited", "step_failed"],
    told: ["edited"],
  });
  expect(await ask({ actor: "ada@example.com" })).toEqual({ total: 1, types: ["vacuumed"], told: ["vacuumed"] });
  expect(await ask({ text: "number 1 of 100% sure" })).toMatchObject({ total: 1 });
  expect(await ask({ text: "100_" })).toMatchObject({ total: 0 });
  expect(await ask({ tenant: shop.id })).toMatchObject({ total: 2 });
  expect(await ask({ plan: ["business"] })).toMatchObject({ total: 2 });
  expect(await ask({ search: "other", tag: ["key"] })).toMatchObject({ total: 0 });
});

test("pages go on where the one before ended, also among activities of one moment", async () => {
  for (let number = 0; number < 5; number++) await happened(other, 120, "edited");
  const seen: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 10; pages++) {
    const asked = { range: "6h" as const, limit: 2, ...(cursor && { cursor }) };
    const page = await perform(listFleetActivities, as("owner", clock), asked);
    expect(page.total).toBe(9);
    seen.push(...page.activities.map(({ id }) => id));
    if (page.next === null) break;
    cursor = page.next;
  }
  expect(new Set(seen).size).toBe(9);
  expect(seen).toHaveLength(9);
});

test("who reaches some tenants only counts and sees only theirs", async () => {
  const theirs = as("viewer", { ...clock, scope: { kind: "tag", values: ["key"] } });
  const told = await perform(listFleetActivities, theirs, { range: "7d" });
  expect(told.total).toBe(2);
  expect(told.types.map(({ activities }) => activities)).toEqual([1, 1]);
  expect(told.activities.map(({ tenant }) => tenant.slug)).toEqual(["shop", "shop"]);
  await expect(perform(listFleetActivities, theirs, { tenant: other.id })).rejects.toMatchObject({ code: "not_found" });
});

test("what happened to a tenant that is gone since stays known to who sees all, unless they ask for tenants", async () => {
  const gone = await control.makeTenant("gone");
  await happened(gone, 5, "deleted");
  await control.sql("UPDATE tenants SET deleted_at = now() WHERE id = $1", [gone.id]);
  const all = await perform(listFleetActivities, as("owner", clock), { range: "1h", type: ["deleted"] });
  expect(all.activities.map(({ tenant }) => tenant.slug)).toEqual(["gone"]);
  const some = await perform(listFleetActivities, as("owner", clock), { range: "1h", plan: ["starter"] });
  expect(some.types.map(({ type }) => type)).not.toContain("deleted");
});

test("a page that goes on from another's activity holds only what its reader may see", async () => {
  const theirs = as("viewer", { ...clock, scope: { kind: "tag", values: ["key"] } });
  await happened(shop, 400, "edited");
  await happened(other, 450, "edited");
  await happened(shop, 500, "edited");
  const all = await perform(listFleetActivities, as("owner", clock), { range: "24h" });
  const limit = all.activities.length - 1;
  const { activities, next } = await perform(listFleetActivities, as("owner", clock), { range: "24h", limit });
  expect(activities.at(-1)?.tenant.slug).toBe("other");
  const rest = await perform(listFleetActivities, theirs, { range: "24h", cursor: next ?? "" });
  expect(rest.activities.map(({ tenant }) => tenant.slug)).toEqual(["shop"]);
  const foreign = await perform(listFleetActivities, theirs, { cursor: "999999" }).catch((error) => error);
  expect(foreign).toMatchObject({ code: "invalid", fields: { cursor: expect.any(String) } });
});
