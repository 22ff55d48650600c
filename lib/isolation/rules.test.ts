import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { as } from "@/lib/gate/testing";
import { quoteName } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { findLeaks } from "@/lib/tenants/isolation";
import { checkServer } from "./check-server";
import { proofs } from "./server-rules";
import { has15, type OwnServer, type OwnTenant, ownServer } from "./testing-servers";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

/** A leak: how it is planted, and what is then told (all of it) about whom. */
type Leak = {
  rule: string;
  plant: string;
  told: [tenant: string | null, rule: string, words: string][];
  /** How it is undone where the finding names no SQL for it. */
  undo?: string;
};

const q = quoteName;
/** As a name is told: what can't be seen is a question mark. */
const told = (name: string) => name.replaceAll("\n", "?");
const suspend = (id: string, status: "suspended" | "active") =>
  controlDb().tenant.update({ where: { id }, data: { status } });

describe.each([18, ...(has15 ? ([15] as const) : [])] as const)("on PostgreSQL %i", (major) => {
  let server: OwnServer;
  let a: OwnTenant;
  let b: OwnTenant;
  // Its names are an attack on whoever puts names into SQL, or into words.
  let evil: OwnTenant;
  let adopted: OwnTenant;

  beforeAll(async () => {
    server = await ownServer(`server ${major}`, major);
    a = await server.tenant(`a${major}`, { database: "t_a" });
    b = await server.tenant(`b${major}`, { database: "t_b" });
    evil = await server.tenant(`evil${major}`, { database: `t_"; DROP ROLE t_a; --\n'%s` });
    adopted = await server.tenant(`adopted${major}`, { database: "shop", role: "t_shop", adopted: true });
    await server.sql(
      "CREATE ROLE clerk LOGIN; GRANT CONNECT ON DATABASE shop TO clerk; CREATE ROLE crew; CREATE ROLE ann LOGIN IN ROLE crew",
    );
    await server.sql("CREATE ROLE backup LOGIN REPLICATION; CREATE ROLE root LOGIN SUPERUSER; GRANT t_b TO root");
  }, 120_000);
  afterAll(() => server.stop());

  async function found(): Promise<
    { tenantId: string | null; rule: string; words: string; mend: string | null; subject: string }[]
  > {
    const row = await controlDb().server.findUniqueOrThrow({ where: { id: server.id } });
    await checkServer(row, as("system"));
    const check = await controlDb().isolationCheck.findUniqueOrThrow({ where: { serverId: server.id } });
    expect(check.error).toBeNull();
    return await controlDb().isolationFinding.findMany({
      where: { serverId: server.id, resolvedAt: null },
      orderBy: [{ tenantId: { sort: "asc", nulls: "first" } }, { rule: "asc" }, { subject: "asc" }],
    });
  }

  /** One after the other, since what closes one may close another. */
  async function mendAll(most: number): Promise<void> {
    for (let left = most; left > 0; left--) {
      const mend = (await found()).find((finding) => finding.mend !== null)?.mend;
      if (mend == null) return;
      await server.sql(mend);
    }
  }

  const leaks = (): Leak[] => [
    {
      ...{ rule: "public_database", plant: "GRANT CONNECT, CREATE ON DATABASE t_a TO PUBLIC" },
      told: [
        [a.id, "public_database", "Everybody (PUBLIC) has CONNECT on its database."],
        [a.id, "public_database", "Everybody (PUBLIC) has CREATE on its database."],
      ],
    },
    {
      ...{ rule: "connect", plant: "GRANT CONNECT ON DATABASE t_a TO t_b" },
      told: [[a.id, "connect", "The role t_b may connect to its database."]],
    },
    {
      ...{ rule: "connect", plant: `GRANT CONNECT ON DATABASE ${q(evil.database)} TO crew WITH GRANT OPTION` },
      told: [[evil.id, "connect", "The role crew may connect to its database. So may its members: ann."]],
    },
    {
      // By somebody who is not the owner: only that grantor's own REVOKE takes it back.
      rule: "connect",
      plant: `GRANT CONNECT ON DATABASE t_a TO t_a WITH GRANT OPTION; GRANT CONNECT ON DATABASE t_a TO crew WITH GRANT OPTION;
        SET ROLE crew; GRANT CONNECT ON DATABASE t_a TO ${q(evil.role)}; RESET ROLE`,
      told: [
        [a.id, "connect", "The role crew may connect to its database. So may its members: ann."],
        [a.id, "connect", `The role ${told(evil.role)} may connect to its database.`],
      ],
    },
    {
      ...{
        rule: "connect",
        plant: "CREATE ROLE hall; GRANT crew TO t_b; GRANT hall TO crew; GRANT CONNECT ON DATABASE t_a TO hall",
      },
      told: [
        [a.id, "connect", "The role hall may connect to its database. So may its members: ann, crew, t_b."],
        [b.id, "member_of", "Its role is a member of crew. Through it also of hall."],
      ],
      undo: "DROP OWNED BY hall; DROP ROLE hall",
    },
    {
      ...{ rule: "connect", plant: "GRANT CONNECT ON DATABASE shop TO crew; GRANT crew TO t_a" },
      undo: "REVOKE CONNECT ON DATABASE shop FROM crew",
      told: [
        [a.id, "member_of", "Its role is a member of crew."],
        [adopted.id, "connect", "t_a may connect to its database, as a member of crew."],
      ],
    },
    {
      ...{ rule: "member_of", plant: "GRANT pg_execute_server_program TO crew; GRANT crew TO t_a" },
      told: [
        [
          null,
          "backdoor",
          "The role crew is a member of pg_execute_server_program, which gets at the server's files and programs. Through it also ann, t_a.",
        ],
        [
          a.id,
          "member_of",
          "Its role is a member of crew. Through it also of pg_execute_server_program. With that it can run programs on the server's machine.",
        ],
      ],
    },
    {
      ...{ rule: "member_of", plant: `GRANT pg_read_all_data TO ${q(evil.role)}` },
      told: [[evil.id, "member_of", "Its role is a member of pg_read_all_data. With that it can read every table."]],
    },
    {
      ...{ rule: "members", plant: "GRANT t_a TO t_b" },
      told: [
        [a.id, "members", "The role t_b is a member of its role."],
        [b.id, "member_of", "Its role is a member of t_a."],
      ],
    },
    {
      ...{ rule: "members", plant: `GRANT ${q(evil.role)} TO crew WITH ADMIN OPTION` },
      told: [[evil.id, "members", "The role crew is a member of its role. Through it also ann."]],
    },
    {
      ...{ rule: "powers", plant: "ALTER ROLE t_a SUPERUSER CREATEDB CREATEROLE REPLICATION BYPASSRLS" },
      told: [
        [a.id, "powers", "Its role is above row-level security."],
        [a.id, "powers", "Its role may create databases."],
        [a.id, "powers", "Its role may create roles."],
        [a.id, "powers", "Its role may replicate."],
        [a.id, "powers", "Its role is a superuser."],
      ],
    },
    {
      ...{ rule: "owner", plant: `ALTER DATABASE ${q(evil.database)} OWNER TO tenantry` },
      told: [[evil.id, "owner", "Its database belongs to tenantry."]],
    },
    {
      ...{ rule: "owns_more", plant: "ALTER DATABASE t_a OWNER TO t_b" },
      told: [
        [a.id, "connect", "The role t_b may connect to its database."],
        [a.id, "owner", "Its database belongs to t_b."],
        [b.id, "owns_more", "Its role owns the database t_a too."],
      ],
    },
    {
      ...{ rule: "defaults", plant: "ALTER ROLE t_a SET role = 't_b'; ALTER DATABASE t_b SET role = 'crew'" },
      told: [
        [a.id, "defaults", "Its role's sessions begin as t_b, by the default role."],
        [b.id, "defaults", "Sessions in its database begin as crew, by the default role."],
      ],
    },
    {
      ...{
        rule: "exists",
        plant: `ALTER ROLE ${q(adopted.role)} RENAME TO lost`,
        undo: `ALTER ROLE lost RENAME TO ${q(adopted.role)}`,
      },
      // Under another name it is a stranger with rights there.
      told: [
        [adopted.id, "connect", "The role lost may connect to its database."],
        [adopted.id, "exists", "Its role does not exist on the server."],
      ],
    },
    {
      ...{ rule: "database", plant: "ALTER DATABASE t_a RENAME TO away", undo: "ALTER DATABASE away RENAME TO t_a" },
      told: [
        [a.id, "database", "Its database does not exist on the server."],
        [a.id, "owns_more", "Its role owns the database away too."],
      ],
    },
    {
      ...{
        rule: "orphan",
        plant: "CREATE ROLE ghost LOGIN; COMMENT ON ROLE ghost IS 'tenantry:00000000-0000-7000-8000-00000000dead'",
      },
      told: [[null, "orphan", "The role ghost was made for a tenant that is no longer there, and can still sign in."]],
    },
    {
      ...{ rule: "template", plant: "ALTER DATABASE t_a IS_TEMPLATE true" },
      told: [[a.id, "template", "Its database is a template: whoever may create databases may copy it."]],
    },
    {
      // Through a role of PostgreSQL's own.
      ...{ rule: "backdoor", plant: "CREATE ROLE boss SUPERUSER; GRANT boss TO pg_monitor; GRANT pg_monitor TO clerk" },
      undo: "REVOKE pg_monitor FROM clerk; DROP ROLE boss",
      told: [
        [null, "backdoor", "The role pg_monitor is a member of boss, which is a superuser. Through it also clerk."],
      ],
    },
    {
      ...{ rule: "backdoor", plant: "GRANT pg_read_server_files TO pg_monitor; GRANT pg_monitor TO clerk" },
      undo: "REVOKE pg_monitor FROM clerk",
      told: [
        [
          null,
          "backdoor",
          "The role pg_monitor is a member of pg_read_server_files, which gets at the server's files and programs. Through it also clerk.",
        ],
      ],
    },
    {
      // A tenant's role whose comment was taken away, at an adopted database.
      ...{ rule: "connect", plant: "COMMENT ON ROLE t_b IS NULL; GRANT CONNECT ON DATABASE shop TO t_b" },
      undo: `COMMENT ON ROLE t_b IS 'tenantry:${b.id}'`,
      told: [[adopted.id, "connect", "The role t_b may connect to its database."]],
    },
    {
      rule: "parameters",
      plant: `GRANT SET ON PARAMETER session_preload_libraries TO t_b WITH GRANT OPTION; GRANT SET ON PARAMETER session_preload_libraries TO ann;
        GRANT ALTER SYSTEM ON PARAMETER archive_command TO crew; GRANT SET ON PARAMETER "odd.name" TO PUBLIC`,
      undo: "REVOKE SET ON PARAMETER session_preload_libraries FROM ann",
      told: [
        [
          null,
          "parameters",
          "The role crew may change for the whole server (ALTER SYSTEM) archive_command. So may its members: ann.",
        ],
        [null, "parameters", "Everybody (PUBLIC) may set odd.name."],
        [b.id, "parameters", "Its role may set session_preload_libraries."],
      ],
    },
    {
      rule: "parameters",
      plant: "GRANT SET ON PARAMETER log_statement TO crew; GRANT crew TO t_b",
      undo: "REVOKE SET ON PARAMETER log_statement FROM crew",
      told: [
        [null, "parameters", "The role crew may set log_statement. So may its members: ann, t_b."],
        [b.id, "member_of", "Its role is a member of crew."],
      ],
    },
    {
      ...{ rule: "backdoor", plant: "GRANT tenantry TO clerk" },
      told: [[null, "backdoor", "The role clerk is a member of tenantry, which is a superuser."]],
    },
  ];

  test("a fleet as provisioning leaves it has no finding, and who is above it is told", async () => {
    expect(await found()).toEqual([]);
    const check = await controlDb().isolationCheck.findUniqueOrThrow({ where: { serverId: server.id } });
    const { rows } = await server.sql("SELECT count(*)::int AS n FROM pg_roles");
    expect(check).toMatchObject({ tenants: 4, roles: rows[0].n, pairs: BigInt(4 * rows[0].n), error: null });
    expect(check.above).toEqual([
      { role: "backup", why: "may replicate the whole server" },
      { role: "root", why: "superuser" },
      { role: "tenantry", why: "superuser" },
    ]);
  });

  test("each leak is named, with SQL that closes it", async () => {
    for (const { plant, told, undo } of leaks()) {
      await server.sql(plant);
      const findings = await found();
      expect(
        findings.map(({ tenantId, rule, words }) => [tenantId, rule, words]),
        plant,
      ).toEqual(told);
      await mendAll(findings.length);
      if (undo !== undefined) await server.sql(undo);
      expect(await found(), `after the mending of: ${plant}`).toEqual([]);
    }
  }, 120_000);

  test("a status that PostgreSQL does not hold to is named", async () => {
    await suspend(a.id, "suspended");
    const findings = await found();
    expect(findings.map(({ words }) => words)).toEqual([
      "It is suspended, but its database still takes connections.",
      "It is suspended, but its role can still sign in.",
    ]);
    for (const { mend } of findings) await server.sql(mend ?? "");
    expect(await found()).toEqual([]);
    await suspend(a.id, "active");
    await server.sql("ALTER ROLE t_a LOGIN; ALTER DATABASE t_a CONNECTION LIMIT -1");
  });

  test("a line of pg_hba.conf that lets in without a password is named", async () => {
    const file = join(server.data, "pg_hba.conf");
    const before = readFileSync(file, "utf8");
    appendFileSync(file, "\nhost all all 10.0.0.0/8 trust\n");
    expect(await found()).toMatchObject([
      { tenantId: null, rule: "passwordless", subject: "host all all 10.0.0.0 255.0.0.0", mend: null },
    ]);
    writeFileSync(file, before);
    expect(await found()).toEqual([]);
  });

  test("a visit that is under way is no leak; one that was left behind is", async () => {
    const visitor = async (until: string) =>
      await server.sql(`DROP ROLE IF EXISTS tenantry_visit_1; CREATE ROLE tenantry_visit_1 LOGIN VALID UNTIL '${until}' IN ROLE t_a;
        COMMENT ON ROLE tenantry_visit_1 IS 'tenantry-visit:${a.id}'`);
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    await visitor(inMinutes(14));
    expect(await found()).toEqual([]);
    // A visit lasts a quarter of an hour at most: what says more only looks like one.
    for (const until of ["2020-01-01", "infinity", inMinutes(20)]) {
      await visitor(until);
      expect(await found(), until).toMatchObject([{ tenantId: a.id, rule: "members" }]);
    }
    await visitor(inMinutes(14));
    await server.sql("GRANT CONNECT ON DATABASE t_b, shop, t_a TO tenantry_visit_1");
    expect((await found()).map(({ tenantId, rule }) => [tenantId, rule])).toEqual([
      [b.id, "connect"],
      [adopted.id, "connect"],
    ]);
    await server.sql("DROP OWNED BY tenantry_visit_1; DROP ROLE tenantry_visit_1");
    expect(await found()).toEqual([]);
  });

  test("what leads out of its own database is seen from inside", async () => {
    const inside = await server.open(b.database);
    const leaks = async () =>
      (await findLeaks(inside, { ...b, adopted: false, status: "active" })).map(({ words }) => words);
    await inside.query("REVOKE ALL ON SCHEMA public FROM PUBLIC");
    expect(await leaks()).toEqual([]);
    await inside.query(`GRANT SELECT ON pg_authid TO t_b; GRANT SELECT (passwd) ON pg_shadow TO PUBLIC;
      GRANT EXECUTE ON FUNCTION pg_read_file(text), pg_read_file(text, bigint, bigint), lo_export(oid, text) TO t_b;
      GRANT EXECUTE ON FUNCTION pg_read_binary_file(text) TO PUBLIC`);
    expect(await leaks()).toEqual([
      "Its role may call lo_export, which gets at the server's files.",
      "Its role may call pg_read_binary_file, which gets at the server's files.",
      "Its role may call pg_read_file, which gets at the server's files.",
      "Its role may read pg_authid.rolpassword, where passwords are.",
      "Its role may read pg_shadow.passwd, where passwords are.",
    ]);
    // The question to the server does not see it: the page says so.
    expect(await found()).toEqual([]);
    await inside.end();
  });

  test("every rule has a leak here that it finds", () => {
    const planted = new Set([...leaks().map(({ rule }) => rule), "status", "passwordless"]);
    expect(proofs.map(({ name }) => name).filter((name) => !planted.has(name))).toEqual([]);
  });
});
