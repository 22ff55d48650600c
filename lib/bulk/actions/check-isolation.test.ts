import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quoteName } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { isolationRules } from "@/lib/tenants/isolation";
import { provisionSteps } from "@/lib/tenants/provision-steps";
import { act, testWork } from "../testing-work";
import { checkIsolation } from "./check-isolation";

let control: TestControl;
let tenant: TestTenant;
let other: TestTenant;

beforeAll(async () => {
  control = await testControl();
  tenant = await closed("amber");
  other = await closed("birch");
});
afterAll(() => control.close());

/** A tenant whose database was closed to others as provisioning does it. */
async function closed(slug: string): Promise<TestTenant> {
  const made = await control.makeTenant(slug);
  const role = quoteName(made.role);
  const database = quoteName(made.database);
  await control.sql(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`, [], "postgres");
  await control.sql(`REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO ${role}`, [], made.database);
  return made;
}

const admin = (sql: string) => control.sql(sql, [], "postgres");
const check = async ({ id }: TestTenant) => await act(checkIsolation, await testWork(control, id));

test("what provisioning makes is clean", async () => {
  expect(provisionSteps.map(({ name }) => name)).toContain("lock_down");
  expect(await check(tenant)).toMatchObject({
    status: "done",
    words: `Nothing was found: ${isolationRules.length} rules hold.`,
  });
});

describe("a leak is named, and gone when it is mended:", () => {
  type Leak = { rule: string; plant: string; mend: string; words: string; inside?: true };
  const leaks = (): Leak[] => {
    const [mine, db, theirs] = [quoteName(tenant.role), quoteName(tenant.database), quoteName(other.role)];
    const powers: [string, string][] = [
      ["CREATEDB", "may create databases"],
      ["CREATEROLE", "may create roles"],
      ["REPLICATION", "may replicate"],
      ["BYPASSRLS", "is above row-level security"],
      ["SUPERUSER", "is a superuser"],
    ];
    return [
      {
        ...{ rule: "public_database", plant: `GRANT CONNECT ON DATABASE ${db} TO PUBLIC` },
        ...{
          mend: `REVOKE CONNECT ON DATABASE ${db} FROM PUBLIC`,
          words: "Everybody (PUBLIC) has CONNECT on its database.",
        },
      },
      {
        ...{ rule: "connect", plant: `GRANT CONNECT ON DATABASE ${db} TO ${theirs}` },
        ...{
          mend: `REVOKE CONNECT ON DATABASE ${db} FROM ${theirs}`,
          words: `The role ${other.role} may connect to its database.`,
        },
      },
      {
        ...{ rule: "member_of", plant: `GRANT pg_monitor TO ${mine}`, mend: `REVOKE pg_monitor FROM ${mine}` },
        words: "Its role is a member of pg_monitor.",
      },
      {
        ...{ rule: "members", plant: `GRANT ${mine} TO ${theirs}`, mend: `REVOKE ${mine} FROM ${theirs}` },
        words: `The role ${other.role} is a member of its role.`,
      },
      ...powers.map(([power, words]) => ({
        ...{ rule: "powers", plant: `ALTER ROLE ${mine} ${power}`, mend: `ALTER ROLE ${mine} NO${power}` },
        words: `Its role ${words}.`,
      })),
      {
        ...{
          rule: "owner",
          plant: `ALTER DATABASE ${db} OWNER TO CURRENT_USER`,
          mend: `ALTER DATABASE ${db} OWNER TO ${mine}`,
        },
        words: `Its database belongs to ${control.access.adminUser}.`,
      },
      {
        ...{ rule: "owns_more", plant: `ALTER DATABASE ${quoteName(other.database)} OWNER TO ${mine}` },
        ...{ mend: `ALTER DATABASE ${quoteName(other.database)} OWNER TO ${theirs}` },
        words: `Its role owns the database ${other.database} too.`,
      },
      {
        ...{
          rule: "defaults",
          plant: `ALTER ROLE ${mine} SET role = pg_monitor`,
          mend: `ALTER ROLE ${mine} RESET role`,
        },
        words: "Its role's sessions begin as pg_monitor, by the default role.",
      },
      {
        ...{ rule: "template", plant: `ALTER DATABASE ${db} IS_TEMPLATE true` },
        ...{
          mend: `ALTER DATABASE ${db} IS_TEMPLATE false`,
          words: "Its database is a template: whoever may create databases may copy it.",
        },
      },
      {
        ...{ rule: "catalogs", plant: `GRANT SELECT ON pg_authid TO ${mine}`, inside: true },
        ...{
          mend: `REVOKE SELECT ON pg_authid FROM ${mine}`,
          words: "Its role may read pg_authid.rolpassword, where passwords are.",
        },
      },
      {
        ...{ rule: "public_schema", plant: "GRANT USAGE ON SCHEMA public TO PUBLIC", inside: true },
        ...{
          mend: "REVOKE USAGE ON SCHEMA public FROM PUBLIC",
          words: "Everybody (PUBLIC) has USAGE on its schema public.",
        },
      },
    ];
  };

  test("every rule but those of a missing role and of statuses", async () => {
    for (const { plant, mend, words, inside } of leaks()) {
      const run = inside ? (sql: string) => control.sql(sql, [], tenant.database) : admin;
      await run(plant);
      await expect(check(tenant), plant).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining(words),
      });
      await run(mend);
      await expect(check(tenant), mend).resolves.toMatchObject({ status: "done" });
    }
    const planted = new Set(leaks().map(({ rule }) => rule));
    expect(isolationRules.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual(["exists", "status"]);
  });
});

test("a status that PostgreSQL does not hold to is told", async () => {
  const set = (status: "active" | "suspended") =>
    controlDb().tenant.update({ where: { id: tenant.id }, data: { status } });
  await set("suspended");
  await expect(check(tenant)).rejects.toThrow(
    "It is suspended, but its database still takes connections. It is suspended, but its role can still sign in.",
  );
  await set("active");
  await expect(check(tenant)).resolves.toMatchObject({ status: "done" });
});

test("a role that is gone is told", async () => {
  const gone = await closed("cedar");
  await admin(`ALTER DATABASE ${quoteName(gone.database)} OWNER TO CURRENT_USER`);
  await control.sql(`DROP OWNED BY ${quoteName(gone.role)} CASCADE`, [], gone.database);
  await admin(`DROP ROLE ${quoteName(gone.role)}`);
  await expect(check(gone)).rejects.toThrow("Its role does not exist on the server.");
});

test("all that is wrong is told at once", async () => {
  const open = await control.makeTenant("delta");
  await expect(check(open)).rejects.toThrow(
    "Everybody (PUBLIC) has CONNECT on its database. Everybody (PUBLIC) has TEMPORARY on its database. Everybody (PUBLIC) has USAGE on its schema public.",
  );
});

test("in an adopted database whoever works there stays, and other tenants' roles are found", async () => {
  const adopted = await closed("ember");
  await controlDb().tenant.update({ where: { id: adopted.id }, data: { adopted: true } });
  const worker = `worker_${adopted.role}`;
  await admin(`CREATE ROLE ${quoteName(worker)} LOGIN`);
  await admin(`GRANT CONNECT ON DATABASE ${quoteName(adopted.database)} TO ${quoteName(worker)}`);
  await admin(`ALTER DATABASE ${quoteName(adopted.database)} OWNER TO CURRENT_USER`);
  await expect(check(adopted)).resolves.toMatchObject({ status: "done" });
  await admin(`COMMENT ON ROLE ${quoteName(worker)} IS 'tenantry:somebody'`);
  await expect(check(adopted)).rejects.toThrow(`The role ${worker} may connect to its database.`);
  await admin(`ALTER DATABASE ${quoteName(adopted.database)} OWNER TO ${quoteName(adopted.role)}`);
  await admin(
    `REVOKE ALL ON DATABASE ${quoteName(adopted.database)} FROM ${quoteName(worker)}; DROP ROLE ${quoteName(worker)}`,
  );
});
