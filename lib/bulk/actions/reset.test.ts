import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { env } from "@/lib/platform/env";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { TenantPools } from "@/lib/runtime/pools";
import { findTenant, registryPool } from "@/lib/runtime/registry";
import { readFolder } from "@/lib/schema/folder";
import { type TestFolder, testFolder } from "@/lib/schema/testing-folder";
import { applyLimits, limitsOf } from "@/lib/tenants/limits";
import { openShop } from "@/sample/testing-shop";
import { act, testWork } from "../testing-work";
import { reset } from "./reset";
import { seed } from "./seed";
import { ResetSite } from "./testing-reset";

const names = readFolder("prisma/tenant/migrations").map(({ name }) => name);
const newest = names.at(-1) ?? "";

let site: ResetSite;
let tenant: TestTenant;
beforeAll(async () => {
  site = await ResetSite.open();
});
afterAll(() => site.control.close());
beforeEach(async () => {
  tenant = await site.shop();
});
let folder: TestFolder | undefined;
afterEach(() => {
  env().TENANT_MIGRATIONS = "prisma/tenant/migrations";
  folder?.remove();
  folder = undefined;
});

/** Migrations of which the last one can't be applied. */
function brokenMigrations(): void {
  folder = testFolder();
  folder.write("20260101000000_fine", "CREATE TABLE fine (n int)");
  folder.write("20260102000000_broken", "CREATE TABLE broken (n int); SELECT 1 / 0");
  env().TENANT_MIGRATIONS = folder.path;
}

test("the database is new, as the migrations make it, and nothing of it is left beside", async () => {
  const before = await site.idOf(tenant.database);
  const outcome = await site.reset(tenant);
  expect(outcome).toEqual({ status: "done", words: `Reset: its database is new, at ${newest}.` });
  const held = await site.contents(tenant);
  expect(held).not.toHaveProperty("notes");
  expect(Object.keys(held).length).toBeGreaterThan(2);
  expect(
    Object.values(held)
      .flat()
      .filter((row) => row && !/^\(1,f\)$/.test(String(row))),
  ).toEqual([]);
  expect(await site.idOf(tenant.database)).not.toBe(before);
  expect(await site.databases(tenant)).toEqual([tenant.database]);
  const row = await controlDb().tenantSchema.findUniqueOrThrow({ where: { tenantId: tenant.id } });
  expect(row).toMatchObject({ version: newest, applied: names.length, error: null });
});

test("it is as closed as a database that was just provisioned, and its limits hold in it", async () => {
  const settings = { limits: { connections: 7, statementTimeoutSeconds: 9 } };
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { settings } });
  await withAdmin(site.control.access, (admin) => applyLimits(admin, tenant, limitsOf(settings)));
  await site.reset(tenant);
  const state = await site.one(
    `SELECT d.datacl::text AS acl, pg_get_userbyid(d.datdba) AS owner, d.datconnlimit AS "limit", r.rolconnlimit AS own,
            shobj_description(d.oid, 'pg_database') AS mark
       FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE datname = $1`,
    [tenant.database],
  );
  expect(state).toMatchObject({ owner: tenant.role, limit: -1, own: 7, mark: `tenantry:${tenant.id}` });
  expect(state.acl).not.toMatch(/[{,]=/);
  const inside = await site.as(tenant, (client) => client.query("SHOW statement_timeout"));
  expect(inside.rows[0].statement_timeout).toBe("9s");
  const schema = await site.control.sql(
    "SELECT nspacl::text AS acl FROM pg_namespace WHERE nspname = 'public'",
    [],
    tenant.database,
  );
  expect(schema.rows[0].acl).not.toMatch(/[{,]=/);
});

test("with the seed it has what a new tenant starts with, once", async () => {
  const outcome = await site.reset(tenant, { seed: true });
  expect(outcome.words).toMatch(/, and seeded\.$/);
  const rows = Object.values(await site.contents(tenant)).flat().length;
  expect(await act(seed, await testWork(site.control, tenant.id))).toMatchObject({ status: "skipped" });
  expect(Object.values(await site.contents(tenant)).flat().length).toBe(rows);
});

test("when a migration fails, the tenant has the database that it had, and nothing else is left", async () => {
  brokenMigrations();
  const [before, held] = [await site.idOf(tenant.database), await site.contents(tenant)];
  await expect(site.reset(tenant)).rejects.toThrow(/20260102000000_broken failed: division/);
  expect(await site.idOf(tenant.database)).toBe(before);
  expect(await site.contents(tenant)).toEqual(held);
  expect(await site.databases(tenant)).toEqual([tenant.database]);
  expect(await controlDb().tenantSchema.findUnique({ where: { tenantId: tenant.id } })).toBeNull();
});

test.each(["suspended", "blocked"] as const)("a %s tenant's is reset, and stays shut", async (status) => {
  await site.setStatus(tenant, status);
  await site.reset(tenant);
  const { limit, login } = await site.one(
    `SELECT d.datconnlimit AS "limit", r.rolcanlogin AS login FROM pg_database d, pg_roles r
      WHERE d.datname = $1 AND r.rolname = $2`,
    [tenant.database, tenant.role],
  );
  expect({ limit, login }).toEqual({ limit: 0, login: false });
  await expect(openShop(site.control, tenant)).rejects.toMatchObject({ code: "28000" });
  await site.setStatus(tenant, "active");
  expect(await site.contents(tenant)).not.toHaveProperty("notes");
});

test("one that is suspended while its database is made is shut when it is there", async () => {
  const work = await testWork(site.control, tenant.id);
  const remember = async () => await site.setStatus(tenant, "suspended");
  await act(reset, { ...work, remember });
  await expect(openShop(site.control, tenant)).rejects.toMatchObject({ code: "28000" });
  expect(await site.one("SELECT datconnlimit AS n FROM pg_database WHERE datname = $1", [tenant.database])).toEqual({
    n: 0,
  });
});

test("open connections end, and the runtime's pool serves from the new one by itself", async () => {
  const registry = registryPool();
  const known = await findTenant(registry, { id: tenant.id });
  await registry.end();
  if (!known) throw new Error("The runtime does not know the tenant.");
  const pools = new TenantPools({ total: 4, perTenant: 2 }, () => new Date());
  const ask = async (question: string) => {
    const lease = await pools.acquire(known);
    try {
      return (await lease.client.query(question)).rows[0];
    } finally {
      await lease.release();
    }
  };
  expect(await ask("SELECT text FROM notes")).toEqual({ text: "kept" });
  await site.reset(tenant);
  await vi.waitFor(async () => expect(await ask("SELECT to_regclass('notes') AS notes")).toEqual({ notes: null }), {
    timeout: 20_000,
  });
  await pools.close(1000);
});
