import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { conditionOf, stateTag } from "@/lib/gate/precondition";
import { as } from "@/lib/gate/testing";
import { metricNames } from "@/lib/kernel/metrics";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { showTenantSettingsContract } from "./contract-settings";
import { editTenantSettings } from "./edit-settings";
import { listTenantActivities } from "./list-tenant-activities";
import { showTenantSettings } from "./show-settings";
import { showTenantUsage } from "./show-usage";

let control: TestControl;
let shop: TestTenant;
beforeAll(async () => {
  control = await testControl();
  shop = await control.makeTenant("shop");
});
afterAll(() => control.close());
beforeEach(() => control.sql("UPDATE tenants SET settings = '{}'"));

const stranger = () => as("owner", { scope: { kind: "tag", values: ["other"] } });
const limits = async () => (await perform(showTenantSettings, as("viewer"), { id: shop.id })).limits;
const edit = (input: object, ctx = as("operator")) => perform(editTenantSettings, ctx, { id: shop.id, limits: input });

test("usage has every metric, with its source, time and limit, and null for what is not known", async () => {
  await control.sql("DELETE FROM tenant_usage_latest");
  const unknown = await perform(showTenantUsage, as("viewer"), { id: shop.id });
  expect(unknown.metrics.map(({ metric }) => metric)).toEqual([...metricNames]);
  expect(unknown).toMatchObject({ measuredAt: null, changedAt: null });
  for (const { value, source, recordedAt } of unknown.metrics)
    expect([value, source, recordedAt]).toEqual([null, null, null]);

  const at = new Date();
  const row = { tenantId: shop.id, tickId: 1n, changedAt: at, connections: 0, storage: 8.5, cpu: 3 };
  await controlDb().tenantUsageLatest.create({
    data: { ...row, sources: { connections: "pg_stat_activity", storage: "pg_database_size" } },
  });
  await control.sql("UPDATE servers SET last_tick_at = $1", [at]);
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     SELECT $1, 'storage', n, 'MiB', $2::timestamptz - n * interval '1 minute', 'pg_database_size' FROM generate_series(3, 5) n`,
    [shop.id, at],
  );
  await edit({ connections: 20, storageMb: 100 });
  const { metrics, measuredAt, tenant } = await perform(showTenantUsage, as("viewer"), { id: shop.id });
  const by = Object.fromEntries(metrics.map((one) => [one.metric, one]));
  expect([tenant.slug, measuredAt]).toEqual(["shop", at.toISOString()]);
  expect(by.connections).toMatchObject({
    value: 0,
    source: "pg_stat_activity",
    unit: "count",
    limit: 20,
    recordedAt: null,
  });
  expect(by.storage).toMatchObject({
    ...{ value: 8.5, source: "pg_database_size", unit: "MiB", limit: 100 },
    recordedAt: new Date(at.getTime() - 180_000).toISOString(),
  });
  // Nobody knows how that was measured.
  expect(by.cpu).toMatchObject({ value: null, source: null, limit: null });
  await expect(perform(showTenantUsage, stranger(), { id: shop.id })).rejects.toMatchObject({ code: "not_found" });
});

test("limits change in part, PostgreSQL holds the role to them, and the timeline tells it", async () => {
  expect(await edit({ connections: 7, workMemMb: 16 })).toMatchObject({ limits: { connections: 7, workMemMb: 16 } });
  expect(await edit({ workMemMb: null })).toMatchObject({ limits: { connections: 7, workMemMb: null } });
  expect(await limits()).toMatchObject({ connections: 7, workMemMb: null, storageMb: null });
  const { rows } = await control.sql("SELECT rolconnlimit FROM pg_roles WHERE rolname = $1", [shop.role]);
  expect(rows).toEqual([{ rolconnlimit: 7 }]);
  const { activities } = await perform(listTenantActivities, as("viewer"), { id: shop.id, type: ["limits_changed"] });
  expect(activities[0]?.description).toMatch(/no limit of MiB of work memory/);
  const event = await controlDb().auditEvent.findFirst({
    where: { operation: "tenants.editSettings" },
    orderBy: { id: "desc" },
  });
  expect(event).toMatchObject({
    target: shop.id,
    before: { limits: { workMemMb: 16 } },
    after: { limits: { workMemMb: null } },
  });
});

test("settings change only in the state that If-Match names", async () => {
  const tag = stateTag(showTenantSettingsContract, { limits: await limits() }) ?? "";
  const matching = () => as("operator", { condition: conditionOf(`"${tag}.x"`) });
  await edit({ storageMb: 50 }, matching());
  await expect(edit({ storageMb: 60 }, matching())).rejects.toMatchObject({ code: "changed" });
  expect(await limits()).toMatchObject({ storageMb: 50 });
});

test.each([
  ["no limit at all", {}],
  ["a limit that there is not", { cpu: 5 }],
  ["a limit of nothing", { connections: 0 }],
])("%s is refused at its field", async (_, wrong) => {
  const error = await edit(wrong).catch((reason) => reason);
  expect(error.code).toBe("invalid");
  expect(Object.keys(error.fields)[0]).toMatch(/^limits/);
});

test("settings are nobody's who may not see or change the tenant", async () => {
  await expect(perform(showTenantSettings, stranger(), { id: shop.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(edit({ connections: 5 }, stranger())).rejects.toMatchObject({ code: "not_found" });
  await expect(edit({ connections: 5 }, as("analyst"))).rejects.toMatchObject({ code: "forbidden" });
});
