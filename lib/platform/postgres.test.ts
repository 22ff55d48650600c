import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clientConfig, connect, quoteName, roleConfig, withAdmin } from "./postgres";
import { type TestControl, type TestTenant, testControl } from "./testing";

let control: TestControl;
let tenant: TestTenant;
beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("hostile");
});
beforeEach(() => control.sql(`ALTER DATABASE ${quoteName(tenant.database)} RESET ALL`, [], "postgres"));
afterAll(() => control.close());

const set = (setting: string) =>
  control.sql(`ALTER DATABASE ${quoteName(tenant.database)} SET ${setting}`, [], "postgres");
const inside = async (question: string) =>
  await withAdmin(control.access, async (admin) => (await admin.query(question)).rows[0], tenant.database);

describe("an administrator's session in a tenant's database does not begin as its owner set", () => {
  test.each([
    ["search_path = evil, public, pg_catalog", "search_path", "pg_catalog,pg_temp"],
    ["default_transaction_read_only = on", "transaction_read_only", "off"],
    ["default_transaction_isolation = 'serializable'", "transaction_isolation", "read committed"],
    ["standard_conforming_strings = off", "standard_conforming_strings", "on"],
    ["statement_timeout = '1s'", "statement_timeout", "1min"],
    ["lock_timeout = 1", "lock_timeout", "10s"],
    ["idle_session_timeout = 1", "idle_session_timeout", "0"],
    ["idle_in_transaction_session_timeout = 1", "idle_in_transaction_session_timeout", "0"],
    ["row_security = off", "row_security", "on"],
  ])("%s", async (setting, name, held) => {
    await set(setting);
    expect(await inside(`SELECT current_setting('${name}') AS held`)).toEqual({ held });
  });

  test.each(["role", "session_authorization"])("%s", async (name) => {
    await set(`${name} = ${quoteName(tenant.role)}`);
    const who = { of: control.access.adminUser, by: control.access.adminUser };
    expect(await inside("SELECT current_user::text AS of, session_user::text AS by")).toEqual(who);
  });
});

test("a tenant's own session begins as its owner set", async () => {
  const { role, password, database } = tenant;
  await set("search_path = evil");
  const client = await connect(roleConfig(control.access, { user: role, password, database }));
  expect((await client.query("SHOW search_path")).rows).toEqual([{ search_path: "evil" }]);
  await client.end();
});

test("a session that was not begun as asked, as through a pooler that drops settings, is not used", async () => {
  const { options: _, ...dropped } = clientConfig(control.access, tenant.database);
  await expect(connect({ ...dropped, options: "-c jit=off" })).rejects.toMatchObject({
    code: "unavailable",
    reason: "settings_dropped",
  });
});
