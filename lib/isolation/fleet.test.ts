import { afterAll, beforeAll, expect, test } from "vitest";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { checkServer } from "./check-server";
import { type OwnServer, ownServer } from "./testing-servers";

let control: TestControl;
let server: OwnServer;
beforeAll(async () => {
  control = await testControl();
  server = await ownServer("large");
}, 120_000);
afterAll(async () => {
  await server.stop();
  await control.close();
});

async function check() {
  const row = await controlDb().server.findUniqueOrThrow({ where: { id: server.id } });
  await checkServer(row, as("system"));
  return await controlDb().isolationCheck.findUniqueOrThrow({ where: { serverId: server.id } });
}

const open = async () => await controlDb().isolationFinding.findMany({ where: { resolvedAt: null } });

test("what it finds is what PostgreSQL itself says of every pair of a role and a database", async () => {
  const many = 24;
  const tenants = [];
  for (let n = 0; n < many; n++) tenants.push(await server.tenant(`p${n}`));
  const idOf = new Map(tenants.map(({ id, database }) => [database, id]));
  // The same grants each time, spread as chance would.
  let seed = 42;
  const chance = (below: number) => {
    seed = (seed * 48_271) % (2 ** 31 - 1);
    return Math.floor((seed / 2 ** 31) * below);
  };
  const groups = Array.from({ length: 10 }, (_, n) => `group_${n}`);
  for (const group of groups) await server.sql(`CREATE ROLE ${group}`);
  // Groups contain later groups only, so that there is no circle.
  for (let n = 0; n < 14; n++) {
    const [outer, inner] = [chance(9), chance(10)].sort((a, b) => a - b);
    if (outer !== inner) await server.sql(`GRANT group_${outer} TO group_${inner}`);
  }
  for (let n = 0; n < 12; n++) await server.sql(`GRANT group_${chance(10)} TO t_p${chance(many)}`);
  for (let n = 0; n < 12; n++) await server.sql(`GRANT CONNECT ON DATABASE t_p${chance(many)} TO group_${chance(10)}`);
  for (let n = 0; n < 6; n++) await server.sql(`GRANT CONNECT ON DATABASE t_p${chance(many)} TO t_p${chance(many)}`);
  const { rows } = await server.sql(`
    SELECT DISTINCT d.datname AS database FROM pg_database d, pg_roles r
    WHERE d.datname LIKE 't\\_p%' AND NOT r.rolsuper AND r.rolname NOT IN (d.datname, 'pg_database_owner')
      AND has_database_privilege(r.oid, d.oid, 'CONNECT')`);
  await check();
  const leaking = new Set((await open()).filter(({ rule }) => rule === "connect").map(({ tenantId }) => tenantId));
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.length).toBeLessThan(many);
  expect([...leaking].sort()).toEqual(rows.map(({ database }) => idOf.get(database)).sort());
  // Every role that PostgreSQL lets in is one that was granted, or is below one: a finding names the grant.
  for (const finding of (await open()).filter(({ rule }) => rule === "connect")) {
    const database = [...idOf].find(([, id]) => id === finding.tenantId)?.[0];
    const direct = `SELECT has_database_privilege('${finding.subject}', '${database}', 'CONNECT') AS may`;
    expect((await server.sql(direct)).rows).toEqual([{ may: true }]);
  }
}, 120_000);

test("2,000 tenants on one server take seconds, and three leaks among four million pairs are named", async () => {
  const many = 2000;
  const own = await makeCatalogEntries(many);
  const before = (await open()).length;
  const clean = await check();
  expect(Number(clean.pairs)).toBeGreaterThan(many * many);
  expect(clean.error).toBeNull();
  expect(await open()).toHaveLength(before);
  await server.sql(
    "GRANT CONNECT ON DATABASE paper_7 TO paper_1999; GRANT paper_12 TO paper_13; ALTER ROLE paper_5 CREATEDB",
  );
  const leaking = await check();
  const told = (await open())
    .filter(({ tenantId }) => tenantId !== null && own.has(tenantId))
    .map(({ words }) => words);
  expect(told.sort()).toEqual([
    "Its role is a member of paper_12.",
    "Its role may create databases.",
    "The role paper_13 is a member of its role.",
    "The role paper_1999 may connect to its database.",
  ]);
  // It takes less than 0.1 s where nothing else is at work.
  expect(leaking.tookMs).toBeLessThan(10_000);
}, 180_000);

/** Roles and entries in the catalog of databases: a database with files would take a second and 8 MB each. */
async function makeCatalogEntries(many: number): Promise<Set<string>> {
  await server.sql(`
    SET allow_system_table_mods = on;
    DO $$ BEGIN FOR n IN 1..${many} LOOP EXECUTE format('CREATE ROLE paper_%s LOGIN', n); END LOOP; END $$;
    INSERT INTO pg_database SELECT (jsonb_populate_record(d, jsonb_build_object('oid', 900000 + n, 'datname', 'paper_' || n,
        'datistemplate', false, 'datdba', r.oid,
        'datacl', format('{%s=CTc/%s}', r.rolname, r.rolname)))).*
      FROM pg_database d, generate_series(1, ${many}) n JOIN pg_roles r ON r.rolname = 'paper_' || n WHERE d.datname = 'template1'`);
  const rows = Array.from({ length: many }, (_, n) => ({ id: newId(new Date()), name: `paper_${n + 1}` }));
  await controlDb().tenant.createMany({
    data: rows.map(({ id, name }) => ({
      ...{ id, slug: name.replace("_", "-"), name, status: "active" as const, plan: "starter", region: "local" },
      ...{ serverId: server.id, database: name, role: name, secret: "none" },
    })),
  });
  return new Set(rows.map(({ id }) => id));
}
