import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quoteName, withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { adoptSteps } from "./adopt-steps";
import { findLeaks } from "./isolation";
import { removeSteps } from "./remove-steps";

let control: TestControl;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

/** A tenant that owns its schema `public`, and for which the functions `planted` come first in the search path. */
async function hostile(...planted: ((role: string) => string)[]): Promise<TestTenant> {
  const tenant = await control.makeTenant(`hostile-${made++}`);
  const [role, database] = [quoteName(tenant.role), quoteName(tenant.database)];
  await control.sql(
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC;
     ALTER SCHEMA public OWNER TO ${role}; SET ROLE ${role}; CREATE SCHEMA evil;
     ${planted.map((plant) => plant(tenant.role)).join(";\n")};
     ALTER DATABASE ${database} SET search_path = evil, public, pg_catalog`,
    [],
    tenant.database,
  );
  return tenant;
}

/** A function in place of one of PostgreSQL's that makes the tenant's role a superuser when an administrator calls it. */
const trap = (name: string, returns: string, value: string) => (role: string) =>
  `
  CREATE FUNCTION ${name} RETURNS ${returns} LANGUAGE plpgsql AS $trap$ BEGIN
    IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
      EXECUTE 'ALTER ROLE ${quoteName(role)} SUPERUSER'; END IF;
    RETURN ${value}; END $trap$`;

const traps = [
  trap("evil.current_database()", "name", "pg_catalog.current_database()"),
  trap("public.acldefault(text, oid)", "aclitem[]", `pg_catalog.acldefault('n'::"char", $2)`),
  trap("evil.pg_get_userbyid(oid)", "name", "pg_catalog.pg_get_userbyid($1)"),
  trap("evil.textanycat(text, name)", "text", "'x'"),
  () => "CREATE OPERATOR evil.|| (LEFTARG = text, RIGHTARG = name, FUNCTION = evil.textanycat)",
];

const powers = async ({ role }: TestTenant) =>
  (await control.sql("SELECT rolsuper FROM pg_roles WHERE rolname = $1", [role])).rows[0];

const leaks = ({ id, role, database }: TestTenant) =>
  withAdmin(control.access, (inside) => findLeaks(inside, { id, role, adopted: false, status: "active" }), database);

describe("what a tenant put in the place of PostgreSQL's own", () => {
  test("is not run by the check of its isolation", async () => {
    const tenant = await hostile(...traps);
    expect(await leaks(tenant)).toEqual([]);
    expect(await powers(tenant)).toEqual({ rolsuper: false });
  });

  test("does not blind that check", async () => {
    const tenant = await hostile(
      () => "CREATE FUNCTION evil.has_database_privilege(oid, oid, text) RETURNS bool LANGUAGE sql AS 'SELECT false'",
      () => "CREATE VIEW evil.pg_roles AS SELECT * FROM pg_catalog.pg_roles WHERE false",
    );
    const other = await control.makeTenant(`hostile-${made++}`);
    await control.sql(`GRANT CONNECT ON DATABASE ${quoteName(tenant.database)} TO ${quoteName(other.role)}`);
    expect((await leaks(tenant)).map(({ rule }) => rule)).toEqual(["connect"]);
  });

  test("is not run when its database is adopted or left", async () => {
    const tenant = await hostile(...traps);
    await control.sql(`ALTER DATABASE ${quoteName(tenant.database)} OWNER TO ${quoteName(control.access.adminUser)}`);
    await control.sql(`COMMENT ON ROLE ${quoteName(tenant.role)} IS 'tenantry:${tenant.id}'`);
    const row = await controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } });
    for (const step of [...adoptSteps, ...removeSteps(true).slice(0, 1)]) {
      await withAdmin(control.access, (admin) => step.run({ admin, server: control.access, tenant: row }));
      expect(await powers(tenant)).toEqual({ rolsuper: false });
    }
  });
});

test("a database that its owner made read-only or that begins as another role is still adopted", async () => {
  const tenant = await hostile(() => "SELECT 1");
  const [role, database] = [quoteName(tenant.role), quoteName(tenant.database)];
  await control.sql(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
  await control.sql(`ALTER DATABASE ${database} SET role = ${role}`);
  await control.sql(`COMMENT ON ROLE ${role} IS 'tenantry:${tenant.id}'`);
  const row = await controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } });
  for (const step of adoptSteps)
    await withAdmin(control.access, (admin) => step.run({ admin, server: control.access, tenant: row }));
});
