import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { type RegistryAction, registryAction, usual } from "./action";
import { findAction } from "./actions";
import { doing, itemsOf, makeRun, quickly, registryTenants, workUntilRest } from "./testing-runs";
import { workRun } from "./work-run";

let control: TestControl;
let real: TestTenant[];
let rows: Awaited<ReturnType<typeof registryTenants>>;
beforeAll(async () => {
  control = await testControl();
  real = [await control.makeTenant("one"), await control.makeTenant("two"), await control.makeTenant("three")];
  rows = await registryTenants(control.serverId, 20, "row");
});
afterAll(() => control.close());

/** Adds a word to each tenant's name, so that doing it twice shows. */
function renaming(more: (slug: string) => Promise<void> = async () => undefined): RegistryAction {
  return registryAction({
    ...{ name: "test", title: "Test", summary: "Test.", group: "settings", danger: "none" },
    ...{ permission: "tenants:update", input: z.object({}), words: () => "Test", preview: () => ({}) },
    defaults: usual,
    run: async (ctx, tenant) => {
      await ctx.db.tenant.update({ where: { id: tenant.id }, data: { name: `${tenant.name}!` } });
      await more(tenant.slug);
      return { status: "done", words: "Renamed.", saved: tenant.name };
    },
  });
}

const namesOf = async (ids: string[]) =>
  (await controlDb().tenant.findMany({ where: { id: { in: ids } } })).map(({ name, slug }) => name.slice(slug.length));

test("a status is set over tenants' real databases, told with the run's id, and undone from what was saved", async () => {
  const run = await makeRun(real, { action: "suspend", input: { reason: "unpaid" } });
  expect(await workUntilRest(run, findAction)).toBe("finished");
  const roles = real.map(({ role }) => role);
  const logins = async () =>
    (await control.sql("SELECT DISTINCT rolcanlogin AS may FROM pg_roles WHERE rolname = ANY($1)", [roles])).rows;
  expect(await logins()).toEqual([{ may: false }]);
  const told = await controlDb().tenantActivity.findMany({ where: { activityType: "status_changed" } });
  expect(told).toHaveLength(3);
  expect(told[0]).toMatchObject({ actor: "ada@example.com (bulk run)", metadata: { bulkRun: run } });
  const { items } = await itemsOf(run);
  const saved = items.map((item) => item.saved ?? {});
  const undo = await makeRun(real, { action: "suspend", undoOf: run, saved });
  expect(await workUntilRest(undo, findAction)).toBe("finished");
  expect((await itemsOf(undo)).counts).toEqual({ done: 3 });
  expect(await logins()).toEqual([{ may: true }]);
});

test("more items than there are connections are done once each", async () => {
  const run = await makeRun(rows, { options: { concurrency: 16 } });
  expect(await workUntilRest(run, () => renaming())).toBe("finished");
  expect((await itemsOf(run)).counts).toEqual({ done: 20 });
  expect(await namesOf(rows.map(({ id }) => id))).toEqual(Array(20).fill("!"));
});

test("what was done to the registry under a lease that was taken is taken back with it", async () => {
  const [tenant] = await registryTenants(control.serverId, 1, "lost");
  if (!tenant) throw new Error("a tenant");
  const run = await makeRun([tenant]);
  const take = "UPDATE bulk_items SET lease = gen_random_uuid(), lease_until = now() WHERE run_id = $1";
  let taken = 0;
  const action = renaming(async () => {
    if (taken++ === 0) await control.sql(take, [run]);
  });
  await workRun(run, new AbortController().signal, { ...quickly, find: () => action });
  expect(await workUntilRest(run, () => action)).toBe("finished");
  expect(taken).toBe(2);
  expect(await namesOf([tenant.id])).toEqual(["!"]);
  expect((await itemsOf(run)).items[0]).toMatchObject({ status: "done", lost: 1, saved: "lost-0" });
});

test("a failure leaves the registry as it was, and a tenant that somebody holds is tried again", async () => {
  const [broken, held] = await registryTenants(control.serverId, 2, "no");
  if (!broken || !held) throw new Error("two tenants");
  const action = renaming(async (slug) => {
    if (slug === broken.slug) throw new Error("no");
  });
  const run = await makeRun([broken, held], { options: { failureBudget: { count: 1 } } });
  const holder = controlDb().$transaction(
    async (db) => {
      await db.$executeRaw`SELECT 1 FROM tenants WHERE id = ${held.id}::uuid FOR UPDATE`;
      await expect
        .poll(async () => (await itemsOf(run)).items[1]?.words, { timeout: 10_000 })
        .toContain("Somebody is changing this tenant right now.");
    },
    { timeout: 20_000 },
  );
  expect(await workUntilRest(run, () => action)).toBe("finished");
  await holder;
  expect((await itemsOf(run)).counts).toEqual({ failed: 1, done: 1 });
  expect(await namesOf([broken.id])).toEqual([""]);
  expect(await namesOf([held.id])).toEqual(["!"]);
});

test("a tenant that was deleted since the plan is skipped", async () => {
  const [gone] = await registryTenants(control.serverId, 1, "gone");
  if (!gone) throw new Error("a tenant");
  await controlDb().tenant.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
  for (const find of [() => renaming(), doing(async () => ({}))]) {
    const run = await makeRun([gone]);
    expect(await workUntilRest(run, find)).toBe("finished");
    expect((await itemsOf(run)).items[0]).toMatchObject({
      status: "skipped",
      words: "The tenant was deleted meanwhile.",
    });
  }
});

test("a run reaches no further than who planned it did, and puts nothing beyond that", async () => {
  const [inside, outside] = await registryTenants(control.serverId, 2, "scoped");
  if (!inside || !outside) throw new Error("two tenants");
  await controlDb().tenant.update({ where: { id: inside.id }, data: { tags: ["eu"] } });
  const scope = { kind: "tag" as const, values: ["eu"] };
  const options = { failureBudget: { count: 2 } };
  const run = await makeRun([inside, outside], { action: "tag", input: { remove: ["eu"] }, scope, options });
  expect(await workUntilRest(run, findAction)).toBe("finished");
  expect((await itemsOf(run)).items.map(({ status, words }) => [status, words])).toEqual([
    ["failed", expect.stringContaining("out of your reach")],
    ["failed", expect.stringContaining("no such tenant")],
  ]);
  expect((await controlDb().tenant.findUniqueOrThrow({ where: { id: inside.id } })).tags).toEqual(["eu"]);
});

test("a purge that another worker finished meanwhile counts as done", async () => {
  const [gone] = await registryTenants(control.serverId, 1, "purged");
  if (!gone) throw new Error("a tenant");
  await controlDb().tenant.update({ where: { id: gone.id }, data: { deletedAt: new Date() } });
  const run = await makeRun([gone], { action: "purge" });
  expect(await workUntilRest(run, findAction)).toBe("finished");
  expect((await itemsOf(run)).items[0]).toMatchObject({ status: "done", words: "Purged" });
});
