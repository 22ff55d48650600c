import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { lockTenant } from "@/lib/tenants/find";
import { deleteTenant } from "@/lib/tenants/grace";
import { beginPurge } from "@/lib/tenants/purge";
import { restoreTenant } from "@/lib/tenants/restore-tenant";
import { runSaga } from "@/lib/tenants/saga";
import type { ItemWork } from "./action";
import { purge } from "./actions/purge";

const run = { id: "0199aaaa-0000-7000-8000-000000000001", position: 0 };

let control: TestControl;
let tenant: TestTenant;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  tenant = await control.makeTenant(`acme-${made++}`);
  await control.sql(`COMMENT ON ROLE "${tenant.role}" IS 'tenantry:${tenant.id}'`, [], "postgres");
});

async function remove(): Promise<void> {
  await controlDb().$transaction(async (db) => {
    const ctx = as("system", { db });
    await deleteTenant(ctx, await lockTenant(ctx, tenant.id));
  });
}

async function work(signal = new AbortController().signal): Promise<ItemWork> {
  const row = await controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id }, include: { server: true } });
  const item = { run, tenant: row, server: control.access, attempt: 1, timeoutMs: 60_000 };
  return {
    ...item,
    signal,
    now: systemClock,
    by: "ada@example.com",
    remembered: null,
    remember: async () => undefined,
    log: () => undefined,
    tellSchema: () => undefined,
  };
}

async function left(): Promise<number> {
  const question = `SELECT (SELECT count(*) FROM pg_database WHERE datname = $1)::int
    + (SELECT count(*) FROM pg_roles WHERE rolname = $2)::int AS n`;
  return (await control.sql(question, [tenant.database, tenant.role], "postgres")).rows[0].n;
}

test("a deleted tenant's database and role are dropped, by whoever confirmed the run; once more comes to the same", async () => {
  await remove();
  expect(await purge.run(await work(), {})).toEqual({ status: "done", words: "Purged" });
  expect(await left()).toBe(0);
  const begun = await controlDb().tenantActivity.findFirst({
    where: { tenantId: tenant.id, activityType: "deletion_started" },
  });
  expect(begun).toMatchObject({ actor: "ada@example.com", metadata: { bulkRun: run.id } });
  expect(await purge.run(await work(), {})).toEqual({ status: "done", words: "Purged" });
  expect(await controlDb().tenantActivity.count({ where: { activityType: "deletion_started" } })).toBe(1);
});

test("a second worker that does the same at the same time comes to the same", async () => {
  await remove();
  const both = await Promise.all([purge.run(await work(), {}), purge.run(await work(), {})]);
  expect(both).toEqual([
    { status: "done", words: "Purged" },
    { status: "done", words: "Purged" },
  ]);
  expect(await controlDb().tenantActivity.count({ where: { tenantId: tenant.id, activityType: "deleted" } })).toBe(1);
});

test("a tenant that was restored meanwhile is left alone", async () => {
  await remove();
  const item = await work();
  await perform(restoreTenant, as("owner"), { id: tenant.id });
  expect(await purge.run(item, {})).toEqual({
    status: "skipped",
    words: "It is active now: only deleted tenants are purged.",
  });
  expect(await left()).toBe(2);
});

test("what stops a purge is told, passing or not, and the next attempt goes on from there", async () => {
  await remove();
  const { rows } = await control.sql("SELECT port FROM servers");
  await control.sql("UPDATE servers SET port = 1");
  await expect(purge.run(await work(), {})).rejects.toMatchObject({ code: "unavailable" });
  await control.sql("UPDATE servers SET port = $1", [rows[0].port]);
  await control.sql(`ALTER DATABASE "${tenant.database}" OWNER TO CURRENT_USER`, [], "postgres");
  await expect(purge.run(await work(), {})).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("is left in place"),
  });
  await control.sql(`ALTER DATABASE "${tenant.database}" OWNER TO "${tenant.role}"`, [], "postgres");
  expect(await purge.run(await work(), {})).toMatchObject({ status: "done" });
  expect(await left()).toBe(0);
});

test("an item that is given up while another process works on the tenant stops waiting", async () => {
  await remove();
  const item = await work(AbortSignal.timeout(1500));
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const name = "close_doors";
  await controlDb().$transaction(async (db) => {
    const ctx = as("system", { db });
    await beginPurge(ctx, await lockTenant(ctx, tenant.id));
  });
  const elsewhere = runSaga(tenant.id, {
    clock: systemClock,
    steps: [{ name, label: name, run: () => held }],
  }).catch(() => undefined);
  await expect
    .poll(async () => (await controlDb().tenantStep.findFirst({ where: { status: "running" } }))?.name)
    .toBe(name);
  await expect(purge.run(item, {})).rejects.toMatchObject({ name: "AbortError" });
  letGo();
  await elsewhere;
});
