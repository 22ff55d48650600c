import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { env } from "@/lib/platform/env";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { TenantPools } from "@/lib/runtime/pools";
import { findTenant, registryPool } from "@/lib/runtime/registry";
import { readFolder } from "@/lib/schema/folder";
import { type TestFolder, testFolder } from "@/lib/schema/testing-folder";
import { besideAlone, besideNames, makeBeside } from "@/lib/tenants/beside";
import { enforceStatus } from "@/lib/tenants/enforce";
import { applyLimits, limitsOf } from "@/lib/tenants/limits";
import { reconcileStatuses } from "@/lib/tenants/reconcile";
import type { TenantStatus } from "@/lib/tenants/shapes";
import { makeShop, openShop } from "@/sample/testing-shop";
import { findAction } from "../actions";
import type { RunView } from "../shapes";
import { contentsOf } from "../testing-load";
import { person, plan } from "../testing-plan";
import { itemsOf, makeRun, workUntilRest } from "../testing-runs";
import { act, testWork } from "../testing-work";
import { reset } from "./reset";
import { seed } from "./seed";

const names = readFolder("prisma/tenant/migrations").map(({ name }) => name);
const newest = names.at(-1) ?? "";
const sample = "prisma/tenant/migrations";

let control: TestControl;
let tenant: TestTenant;
let folder: TestFolder | undefined;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  tenant = await makeShop(control, `reset-${made++}`);
  await asTenant((client) => client.query("CREATE TABLE notes AS SELECT 'kept' AS text"));
});
afterEach(() => {
  env().TENANT_MIGRATIONS = sample;
  folder?.remove();
  folder = undefined;
});

async function asTenant<T>(use: (client: Awaited<ReturnType<typeof openShop>>) => Promise<T>): Promise<T> {
  const client = await openShop(control, tenant);
  return await use(client).finally(() => client.end());
}

const contents = () => asTenant(contentsOf);
const one = async (text: string, values: unknown[] = []) => (await control.sql(text, values, "postgres")).rows[0];
const idOf = async (name: string) => (await one("SELECT oid FROM pg_database WHERE datname = $1", [name]))?.oid;

/** What of the tenant's databases there is on the server, by name. */
async function databases(): Promise<string[]> {
  const { rows } = await control.sql("SELECT datname FROM pg_database WHERE datname LIKE $1 ORDER BY 1", [
    `${tenant.database}%`,
  ]);
  return rows.map(({ datname }) => datname);
}

async function setStatus(status: TenantStatus): Promise<void> {
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { status } });
  await withAdmin(control.access, (admin) => enforceStatus(admin, { ...tenant, adopted: false }, status));
}

/** Migrations of which the last one can't be applied. */
function brokenMigrations(): void {
  folder = testFolder();
  folder.write("20260101000000_fine", "CREATE TABLE fine (n int)");
  folder.write("20260102000000_broken", "CREATE TABLE broken (n int); SELECT 1 / 0");
  env().TENANT_MIGRATIONS = folder.path;
}

test("the database is new, as the migrations make it, and nothing of it is left beside", async () => {
  const before = await idOf(tenant.database);
  const outcome = await act(reset, await testWork(control, tenant.id));
  expect(outcome).toEqual({ status: "done", words: `Reset: its database is new, at ${newest}.` });
  const held = await contents();
  expect(held).not.toHaveProperty("notes");
  expect(Object.keys(held).length).toBeGreaterThan(2);
  expect(
    Object.values(held)
      .flat()
      .filter((row) => row && !/^\(1,f\)$/.test(String(row))),
  ).toEqual([]);
  expect(await idOf(tenant.database)).not.toBe(before);
  expect(await databases()).toEqual([tenant.database]);
  const row = await controlDb().tenantSchema.findUniqueOrThrow({ where: { tenantId: tenant.id } });
  expect(row).toMatchObject({ version: newest, applied: names.length, error: null });
});

test("it is as closed as a database that was just provisioned, and its limits hold in it", async () => {
  const settings = { limits: { connections: 7, statementTimeoutSeconds: 9 } };
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { settings } });
  await withAdmin(control.access, (admin) => applyLimits(admin, tenant, limitsOf(settings)));
  await act(reset, await testWork(control, tenant.id));
  const state = await one(
    `SELECT d.datacl::text AS acl, pg_get_userbyid(d.datdba) AS owner, d.datconnlimit AS "limit", r.rolconnlimit AS own,
            shobj_description(d.oid, 'pg_database') AS mark
       FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE datname = $1`,
    [tenant.database],
  );
  expect(state).toMatchObject({ owner: tenant.role, limit: -1, own: 7, mark: `tenantry:${tenant.id}` });
  expect(state.acl).not.toMatch(/[{,]=/);
  const inside = await asTenant((client) => client.query("SHOW statement_timeout"));
  expect(inside.rows[0].statement_timeout).toBe("9s");
  const schema = await control.sql(
    "SELECT nspacl::text AS acl FROM pg_namespace WHERE nspname = 'public'",
    [],
    tenant.database,
  );
  expect(schema.rows[0].acl).not.toMatch(/[{,]=/);
});

test("with the seed it has what a new tenant starts with, once", async () => {
  const outcome = await act(reset, await testWork(control, tenant.id), { seed: true });
  expect(outcome.words).toMatch(/, and seeded\.$/);
  const rows = Object.values(await contents()).flat().length;
  expect(await act(seed, await testWork(control, tenant.id))).toMatchObject({ status: "skipped" });
  expect(Object.values(await contents()).flat().length).toBe(rows);
});

test("when a migration fails, the tenant has the database that it had, and nothing else is left", async () => {
  brokenMigrations();
  const [before, held] = [await idOf(tenant.database), await contents()];
  await expect(act(reset, await testWork(control, tenant.id))).rejects.toThrow(
    /20260102000000_broken failed: division/,
  );
  expect(await idOf(tenant.database)).toBe(before);
  expect(await contents()).toEqual(held);
  expect(await databases()).toEqual([tenant.database]);
  expect(await controlDb().tenantSchema.findUnique({ where: { tenantId: tenant.id } })).toBeNull();
});

test.each(["suspended", "blocked"] as const)("a %s tenant's is reset, and stays shut", async (status) => {
  await setStatus(status);
  await act(reset, await testWork(control, tenant.id));
  const { limit, login } = await one(
    `SELECT d.datconnlimit AS "limit", r.rolcanlogin AS login FROM pg_database d, pg_roles r
      WHERE d.datname = $1 AND r.rolname = $2`,
    [tenant.database, tenant.role],
  );
  expect({ limit, login }).toEqual({ limit: 0, login: false });
  await expect(openShop(control, tenant)).rejects.toMatchObject({ code: "28000" });
  await setStatus("active");
  expect(await contents()).not.toHaveProperty("notes");
});

test("one that is suspended while its database is made is shut when it is there", async () => {
  const work = await testWork(control, tenant.id);
  const remember = async () => await setStatus("suspended");
  await act(reset, { ...work, remember });
  await expect(openShop(control, tenant)).rejects.toMatchObject({ code: "28000" });
  expect(await one("SELECT datconnlimit AS n FROM pg_database WHERE datname = $1", [tenant.database])).toEqual({
    n: 0,
  });
});

test("what the tenant wrote since the new one took its place survives an attempt that comes later", async () => {
  let kept: unknown = null;
  const work = await testWork(control, tenant.id);
  const remember = async (value: unknown) => {
    kept = value;
  };
  await act(reset, { ...work, remember });
  await asTenant((client) => client.query("CREATE TABLE since AS SELECT 1 AS n"));
  expect(await act(reset, { ...work, remembered: kept })).toMatchObject({ status: "done" });
  expect(await contents()).toHaveProperty("since");
});

test("one who remembered and was cut off before the swap makes it anew", async () => {
  const { next } = besideNames(tenant.database);
  const made = await withAdmin(control.access, (admin) => makeBeside(admin, control.access, tenant));
  const remembered = { made, standing: { version: "half", applied: 1 }, words: "Half." };
  const outcome = await act(reset, await testWork(control, tenant.id, { remembered }));
  expect(outcome.words).toContain(newest);
  expect(await idOf(next)).toBeUndefined();
  expect(await contents()).not.toHaveProperty("notes");
});

test("somebody else's database of that name is left where it is, and told", async () => {
  const { next } = besideNames(tenant.database);
  const other = await control.makeTenant("other");
  await control.sql(`CREATE DATABASE "${next}" OWNER "${other.role}"`);
  await expect(act(reset, await testWork(control, tenant.id))).rejects.toThrow(`The database ${next} is in the way`);
  expect(await contents()).toHaveProperty("notes");
  await control.sql(`DROP DATABASE "${next}"`);
});

test.each(["next", "last"] as const)(
  "an administrator's own copy under the name of the %s one stays",
  async (which) => {
    const name = besideNames(tenant.database)[which];
    await control.sql(`CREATE DATABASE "${name}"`);
    await expect(act(reset, await testWork(control, tenant.id))).rejects.toThrow(`The database ${name} is in the way`);
    expect(await idOf(name)).toBeDefined();
    expect(await contents()).toHaveProperty("notes");
    await control.sql(`DROP DATABASE "${name}"`);
  },
);

test("one that was cut off before it had its comment is known, and taken away", async () => {
  const { next } = besideNames(tenant.database);
  await withAdmin(control.access, async (admin) => {
    await makeBeside(admin, control.access, tenant);
    await admin.query(`ALTER DATABASE "${next}" OWNER TO CURRENT_USER`);
    await admin.query(`COMMENT ON DATABASE "${next}" IS NULL`);
  });
  await act(reset, await testWork(control, tenant.id));
  expect(await idOf(next)).toBeUndefined();
});

test("what a killed worker left beside is taken away when statuses are compared, but not from under one at work", async () => {
  const { next } = besideNames(tenant.database);
  await withAdmin(control.access, async (admin) => {
    await besideAlone(admin, tenant.id, async () => {
      await makeBeside(admin, control.access, tenant);
      await reconcileStatuses();
      expect(await idOf(next)).toBeDefined();
    });
  });
  await reconcileStatuses();
  expect(await databases()).toEqual([tenant.database]);
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
  await act(reset, await testWork(control, tenant.id));
  await vi.waitFor(async () => expect(await ask("SELECT to_regclass('notes') AS notes")).toEqual({ notes: null }), {
    timeout: 20_000,
  });
  await pools.close(1000);
});

describe("a run", () => {
  const runOf = async () => await makeRun([tenant], { action: "reset" });

  test("resets and tells the timeline; the item remembers nothing beyond its end", async () => {
    const id = await runOf();
    expect(await workUntilRest(id, findAction)).toBe("finished");
    const { items } = await itemsOf(id);
    expect(items[0]).toMatchObject({ status: "done", saved: null });
    const told = await controlDb().tenantActivity.findFirst({
      where: { tenantId: tenant.id, activityType: "database_reset" },
    });
    expect(told?.actor).toBe("ada@example.com");
  });

  test.each(["deleted", "deleting"] as const)("leaves the data of a tenant that is %s meanwhile", async (status) => {
    const held = await contents();
    const id = await runOf();
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { status } });
    await workUntilRest(id, findAction);
    const { items } = await itemsOf(id);
    expect(items[0]).toMatchObject(status === "deleted" ? { status: "failed" } : { status: "skipped" });
    expect(await contents()).toEqual(held);
    expect(await databases()).toEqual([tenant.database]);
  });

  test("that is deleted in the very middle of it: the old data stays, what was made goes", async () => {
    const held = await contents();
    const work = await testWork(control, tenant.id);
    const remember = async () => {
      await controlDb().tenant.update({ where: { id: tenant.id }, data: { status: "deleted" } });
    };
    await expect(act(reset, { ...work, remember })).rejects.toThrow(/it was deleted; restore it first/);
    expect(await contents()).toEqual(held);
    expect(await databases()).toEqual([tenant.database]);
  });
});

describe("its plan", () => {
  const planned = async (): Promise<RunView> => await plan(await person(), "reset", { tenants: [tenant.id] });
  const item = async ({ id }: RunView) => (await itemsOf(id)).items[0];

  test("warns of when the tenant was last exported, and how large that is", async () => {
    expect((await item(await planned()))?.warnings).toContain("It was never exported");
    const at = new Date(Date.now() - 3 * 86_400_000 - 60_000);
    const exported = await makeRun([tenant], { action: "export-data" });
    await controlDb().bulkItem.updateMany({
      where: { runId: exported },
      data: { status: "done", finishedAt: at, result: { file: { name: "a-0.sql.gz", bytes: 2_097_152 } } },
    });
    const stamp = at.toISOString().slice(0, 16).replace("T", " ");
    expect((await item(await planned()))?.warnings).toContain(
      `Its last export is of ${stamp} UTC, 3 days old, 2048 kB`,
    );
  });

  test("leaves out adopted databases, and those that go; what slips through is refused", async () => {
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: true } });
    await expect(planned()).rejects.toThrow("Its database was adopted: it is its owner's to make anew.");
    await expect(act(reset, await testWork(control, tenant.id))).rejects.toThrow(/was adopted/);
    await controlDb().tenant.update({ where: { id: tenant.id }, data: { adopted: false, status: "deleted" } });
    await expect(planned()).rejects.toThrow("It was deleted; restore it first.");
  });

  test("is for those who may reset, and says what goes", async () => {
    const [owner, operator] = [await person(), await person("operator")];
    await expect(plan(operator, "reset", { tenants: [tenant.id] })).rejects.toMatchObject({ code: "forbidden" });
    const run = await plan(owner, "reset", { tenants: [tenant.id] });
    expect(run).toMatchObject({ danger: "destructive", undoable: 0 });
    expect(run.radius.join(" ")).toContain("Everything in their databases is dropped. This can't be undone.");
  });

  test("of one made by a scoped key reaches its tenants alone", async () => {
    const scoped = await person("owner", { kind: "tag", values: ["mine"] });
    await expect(plan(scoped, "reset", { tenants: [tenant.id] })).rejects.toMatchObject({ code: "invalid" });
  });
});
