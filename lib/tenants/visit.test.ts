import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { enforceStatus } from "./enforce";
import { reconcileStatuses } from "./reconcile";
import { visit, visitLock } from "./visit";

let control: TestControl;
let tenant: TestTenant & { adopted: boolean };
beforeAll(async () => {
  control = await testControl();
  tenant = { ...(await control.makeTenant("acme")), adopted: false };
  await control.sql(`COMMENT ON ROLE "${tenant.role}" IS 'tenantry:${tenant.id}'`, [], "postgres");
  await control.sql(`REVOKE ALL ON DATABASE "${tenant.database}" FROM PUBLIC`, [], "postgres");
  await control.sql(`ALTER SCHEMA public OWNER TO "${tenant.role}"`, [], tenant.database);
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { status: "suspended" } });
  await withAdmin(control.access, (admin) => enforceStatus(admin, tenant, "suspended"));
});
afterAll(() => control.close());

async function state() {
  const { rows } = await control.sql(
    `SELECT datconnlimit AS limit, rolcanlogin AS login,
       (SELECT count(*)::int FROM pg_shdescription WHERE description = 'tenantry-visit:' || $3) AS visitors
     FROM pg_database, pg_roles WHERE datname = $1 AND rolname = $2`,
    [tenant.database, tenant.role, tenant.id],
    "postgres",
  );
  return rows[0];
}
let made = 0;
const locked = { limit: 0, login: false, visitors: 0 };
const fromVisit = <T>(sql: string) =>
  visit(control.access, tenant, {}, async (client) => (await client.query(sql)).rows as T[]);

test("a locked database is worked in as the tenant's role, and is locked as before afterwards", async () => {
  expect(await state()).toEqual(locked);
  expect(await fromVisit("SELECT current_user AS role")).toEqual([{ role: tenant.role }]);
  await fromVisit("CREATE TABLE made (id int)");
  expect(await state()).toEqual(locked);
  const owner = "SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relname = 'made'";
  expect((await control.sql(owner, [], tenant.database)).rows).toEqual([{ owner: tenant.role }]);
});

test("a trigger of the tenant's that says RESET ROLE gets nothing by it", async () => {
  await control.sql(
    `SET ROLE "${tenant.role}";
     CREATE TABLE trap (id int, who text, powerful bool, refusal text);
     CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       EXECUTE 'RESET ROLE';
       EXECUTE 'CREATE TABLE IF NOT EXISTS loot ()';
       NEW.who := current_user;
       NEW.powerful := (SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user);
       BEGIN EXECUTE 'ALTER ROLE "${tenant.role}" SUPERUSER'; EXCEPTION WHEN OTHERS THEN NEW.refusal := SQLSTATE; END;
       RETURN NEW;
     END $$;
     CREATE TRIGGER spring BEFORE INSERT ON trap FOR EACH ROW EXECUTE FUNCTION spring()`,
    [],
    tenant.database,
  );
  const [row] = await fromVisit<{ who: string; powerful: boolean; refusal: string }>(
    "INSERT INTO trap VALUES (1) RETURNING *",
  );
  expect(row).toMatchObject({ who: expect.stringMatching(/^tenantry_visit_/), powerful: false, refusal: "42501" });
  expect(await state()).toEqual(locked);
  const owner = "SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relname = 'loot'";
  expect((await control.sql(owner, [], tenant.database)).rows).toEqual([{ owner: tenant.role }]);
});

test("what fails in a visit leaves nothing of it", async () => {
  await expect(fromVisit("SELECT 1/0")).rejects.toMatchObject({ code: "22012" });
  expect(await state()).toEqual(locked);
});

test("whoever is let in again during a visit stays so", async () => {
  await visit(control.access, tenant, {}, () =>
    withAdmin(control.access, (admin) => enforceStatus(admin, tenant, "active")),
  );
  const open = { limit: -1, login: true, visitors: 0 };
  expect(await state()).toEqual(open);
  // It was let in before the visit came to the database's limit.
  await fromVisit("SELECT 1");
  expect(await state()).toEqual(open);
  await withAdmin(control.access, (admin) => enforceStatus(admin, tenant, "suspended"));
});

test("a visit that could not tidy up says nevertheless what became of its work", async () => {
  const cut = () =>
    control.sql(
      `SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1 AND objid::int8 = hashtext($2)::int8 & x'ffffffff'::int8`,
      [visitLock, tenant.id],
      "postgres",
    );
  expect(await visit(control.access, tenant, {}, async () => await cut().then(() => "done"))).toBe("done");
  const failing = visit(control.access, tenant, {}, async (client) => {
    await cut();
    await client.query("SELECT 1/0");
  });
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  expect(await state()).toMatchObject({ visitors: 1 });
  await reconcileStatuses();
  expect(await state()).toEqual(locked);
});

describe("what a tenant does to its database during a visit", () => {
  const mischief = (database: string) => `
    RESET ROLE; CREATE TABLE mine_${made++} (); ALTER DATABASE "${database}" SET default_transaction_read_only = on;
    ALTER DATABASE "${database}" SET role = "${tenant.role}"; ALTER DATABASE "${database}" CONNECTION LIMIT -1`;

  test("does not stay: neither what it left nor its limit of connections", async () => {
    await fromVisit(mischief(tenant.database));
    expect(await state()).toEqual(locked);
  });

  test("keeps no other tenant from being set right, and is removed once it can be", async () => {
    const other = await control.makeTenant("birch");
    await control.sql(`COMMENT ON ROLE "${other.role}" IS 'tenantry:${other.id}'`, [], "postgres");
    await controlDb().tenant.update({ where: { id: other.id }, data: { status: "suspended" } });
    const name = "tenantry_visit_stuck";
    await control.sql(`ALTER DATABASE "${tenant.database}" RESET ALL`, [], "postgres");
    await control.sql(
      `CREATE ROLE ${name} IN ROLE "${tenant.role}"; COMMENT ON ROLE ${name} IS 'tenantry-visit:${tenant.id}';
       CREATE TABLE held (); ALTER TABLE held OWNER TO ${name}`,
      [],
      tenant.database,
    );
    // Nobody, not even an administrator, gets into it.
    await control.sql(`ALTER DATABASE "${tenant.database}" ALLOW_CONNECTIONS false`, [], "postgres");
    expect(await reconcileStatuses()).toContain(other.slug);
    expect(await state()).toMatchObject({ visitors: 1 });
    await control.sql(`ALTER DATABASE "${tenant.database}" ALLOW_CONNECTIONS true`, [], "postgres");
    await reconcileStatuses();
    expect(await state()).toEqual(locked);
  });
});

describe("putting statuses right", () => {
  test("puts back a limit that its owner took away", async () => {
    await control.sql(`ALTER DATABASE "${tenant.database}" CONNECTION LIMIT 7`, [], "postgres");
    await reconcileStatuses();
    expect(await state()).toEqual(locked);
  });

  test("removes the roles of visits whose tenant is gone, once nobody can be at work by them", async () => {
    const left = async (name: string, until: string) =>
      await control.sql(
        `CREATE ROLE ${name} LOGIN VALID UNTIL '${until}';
         COMMENT ON ROLE ${name} IS 'tenantry-visit:00000000-0000-4000-8000-000000000000'`,
        [],
        "postgres",
      );
    const there = async (name: string) =>
      (await control.sql("SELECT 1 FROM pg_roles WHERE rolname = $1", [name], "postgres")).rowCount === 1;
    await left("tenantry_visit_gone", "2100-01-01");
    await reconcileStatuses();
    expect(await there("tenantry_visit_gone")).toBe(true);
    await control.sql("ALTER ROLE tenantry_visit_gone VALID UNTIL '2020-01-01'", [], "postgres");
    await reconcileStatuses();
    expect(await there("tenantry_visit_gone")).toBe(false);
  });

  test("does not end a visit that is under way", async () => {
    await visit(control.access, tenant, {}, async (client) => {
      expect(await reconcileStatuses()).toEqual([]);
      expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
      expect(await state()).toMatchObject({ limit: 1, visitors: 1 });
    });
    expect(await state()).toEqual(locked);
  });

  test("removes what a visit that was cut off left", async () => {
    await control.sql(
      `BEGIN; CREATE ROLE tenantry_visit_left LOGIN IN ROLE "${tenant.role}";
       COMMENT ON ROLE tenantry_visit_left IS 'tenantry-visit:${tenant.id}'; COMMIT`,
      [],
      "postgres",
    );
    await control.sql(`ALTER DATABASE "${tenant.database}" CONNECTION LIMIT 1`, [], "postgres");
    await reconcileStatuses();
    expect(await state()).toEqual(locked);
  });
});

test("an administrator who is no superuser can do it, too", async () => {
  const name = `plain_${tenant.role}`;
  await control.sql(`CREATE ROLE "${name}" LOGIN CREATEROLE CREATEDB PASSWORD 'plain'`, [], "postgres");
  const access = { ...control.access, adminUser: name, adminPassword: "plain" };
  const own = { ...tenant, role: `${name}_t`, database: `${name}_t` };
  await withAdmin(access, async (admin) => {
    await admin.query(`CREATE ROLE "${own.role}" LOGIN`);
    await admin.query(`GRANT "${own.role}" TO CURRENT_USER`);
    await admin.query(`CREATE DATABASE "${own.database}" OWNER "${own.role}"`);
    await admin.query(`REVOKE ALL ON DATABASE "${own.database}" FROM PUBLIC`);
    await enforceStatus(admin, own, "blocked");
  });
  try {
    const seen = await visit(access, own, {}, async (client) => {
      await client.query("RESET ROLE; CREATE SCHEMA own");
      return (await client.query("SELECT session_user AS who")).rows[0].who;
    });
    expect(seen).toMatch(/^tenantry_visit_/);
    const after = "SELECT datconnlimit AS limit FROM pg_database WHERE datname = $1";
    expect((await control.sql(after, [own.database], "postgres")).rows).toEqual([{ limit: 0 }]);
    const left = "SELECT 1 FROM pg_roles WHERE rolname = $1";
    expect((await control.sql(left, [seen], "postgres")).rowCount).toBe(0);
  } finally {
    await control.sql(`DROP DATABASE "${own.database}" WITH (FORCE)`, [], "postgres");
    await control.sql(`DROP ROLE "${own.role}"`, [], "postgres");
    await control.sql(`DROP ROLE "${name}"`, [], "postgres");
  }
});
