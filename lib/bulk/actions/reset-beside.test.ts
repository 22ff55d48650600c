import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { withAdmin } from "@/lib/platform/postgres";
import type { TestTenant } from "@/lib/platform/testing";
import { readFolder } from "@/lib/schema/folder";
import { besideAlone, besideNames, makeBeside } from "@/lib/tenants/beside";
import { reconcileStatuses } from "@/lib/tenants/reconcile";
import { act, testWork } from "../testing-work";
import { reset } from "./reset";
import { ResetSite } from "./testing-reset";

const newest = readFolder("prisma/tenant/migrations").at(-1)?.name ?? "";

let site: ResetSite;
let tenant: TestTenant;
beforeAll(async () => {
  site = await ResetSite.open();
});
afterAll(() => site.control.close());
beforeEach(async () => {
  tenant = await site.shop();
});

test("what the tenant wrote since the new one took its place survives an attempt that comes later", async () => {
  let kept: unknown = null;
  const work = await testWork(site.control, tenant.id);
  const remember = async (value: unknown) => {
    kept = value;
  };
  await act(reset, { ...work, remember });
  await site.as(tenant, (client) => client.query("CREATE TABLE since AS SELECT 1 AS n"));
  expect(await act(reset, { ...work, remembered: kept })).toMatchObject({ status: "done" });
  expect(await site.contents(tenant)).toHaveProperty("since");
});

test("one who remembered and was cut off before the swap makes it anew", async () => {
  const { next } = besideNames(tenant.database);
  const made = await withAdmin(site.control.access, (admin) => makeBeside(admin, site.control.access, tenant));
  const remembered = { made, standing: { version: "half", applied: 1 }, words: "Half." };
  const outcome = await act(reset, await testWork(site.control, tenant.id, { remembered }));
  expect(outcome.words).toContain(newest);
  expect(await site.idOf(next)).toBeUndefined();
  expect(await site.contents(tenant)).not.toHaveProperty("notes");
});

test("somebody else's database of that name is left where it is, and told", async () => {
  const { next } = besideNames(tenant.database);
  const other = await site.control.makeTenant("other");
  await site.control.sql(`CREATE DATABASE "${next}" OWNER "${other.role}"`);
  await expect(site.reset(tenant)).rejects.toThrow(`The database ${next} is in the way`);
  expect(await site.contents(tenant)).toHaveProperty("notes");
  await site.control.sql(`DROP DATABASE "${next}"`);
});

test.each(["next", "last"] as const)(
  "an administrator's own copy under the name of the %s one stays",
  async (which) => {
    const name = besideNames(tenant.database)[which];
    await site.control.sql(`CREATE DATABASE "${name}"`);
    await expect(site.reset(tenant)).rejects.toThrow(`The database ${name} is in the way`);
    expect(await site.idOf(name)).toBeDefined();
    expect(await site.contents(tenant)).toHaveProperty("notes");
    await site.control.sql(`DROP DATABASE "${name}"`);
  },
);

test("one that was cut off before it had its comment is known, and taken away", async () => {
  const { next } = besideNames(tenant.database);
  await withAdmin(site.control.access, async (admin) => {
    await makeBeside(admin, site.control.access, tenant);
    await admin.query(`ALTER DATABASE "${next}" OWNER TO CURRENT_USER`);
    await admin.query(`COMMENT ON DATABASE "${next}" IS NULL`);
  });
  await site.reset(tenant);
  expect(await site.idOf(next)).toBeUndefined();
});

test("what a killed worker left beside is taken away when statuses are compared, but not from under one at work", async () => {
  const { next } = besideNames(tenant.database);
  await withAdmin(site.control.access, async (admin) => {
    await besideAlone(admin, tenant.id, async () => {
      await makeBeside(admin, site.control.access, tenant);
      await reconcileStatuses();
      expect(await site.idOf(next)).toBeDefined();
    });
  });
  await reconcileStatuses();
  expect(await site.databases(tenant)).toEqual([tenant.database]);
});
