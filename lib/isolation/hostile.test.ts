import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { checkIsolation } from "./check-isolation";
import { type OwnServer, type OwnTenant, ownServer } from "./testing-servers";

let control: TestControl;
let server: OwnServer;
let a: OwnTenant;
let b: OwnTenant;
beforeAll(async () => {
  control = await testControl();
  await controlDb().server.deleteMany();
  server = await ownServer("own");
  a = await server.tenant("amber");
  b = await server.tenant("birch");
  await server.sql("CREATE ROLE spy LOGIN");
}, 120_000);
afterAll(async () => {
  await server.stop();
  await control.close();
});

const prove = () => perform(checkIsolation, as("operator"), {});
const open = (tenantId: string) =>
  controlDb().isolationFinding.findMany({ where: { resolvedAt: null, tenantId }, orderBy: { subject: "asc" } });
const timeline = async (tenantId: string) =>
  (await controlDb().tenantActivity.findMany({ where: { tenantId }, orderBy: { id: "asc" } })).map(
    ({ description }) => description,
  );
/** As the tenant's role itself could. */
const asAmber = (text: string) => server.sql(`SET ROLE t_amber; ${text}`);
const words = "The role spy is a member of its role.";

test("a setting of any size is told in few words, and blinds nobody to another's leak", async () => {
  // ALTER ROLE … SET, which every role may say of itself, leaves the same, but takes half a minute over it.
  await server.sql(`GRANT t_birch TO spy; INSERT INTO pg_db_role_setting
    SELECT 0, oid, ARRAY['role=' || repeat('x', 269000000)] FROM pg_roles WHERE rolname = 't_amber'`);
  expect((await prove()).servers).toMatchObject([{ state: "leaking", error: null }]);
  expect(await open(a.id)).toMatchObject([
    {
      words: `Its role's sessions begin as ${"x".repeat(100)}, by the default role.`,
      mend: "ALTER ROLE t_amber RESET role;",
    },
  ]);
  expect(await open(b.id)).toMatchObject([{ words }]);
  await server.sql("ALTER ROLE t_amber RESET ALL; REVOKE t_birch FROM spy");
  expect((await prove()).servers).toMatchObject([{ state: "proven" }]);
}, 120_000);

test("what can't be seen, or turns the line, is a question mark on the page and on the timeline", async () => {
  await asAmber("ALTER ROLE t_amber SET role = E'x.\\n\\nIsolation. No longer: \\u202eabc\\u200b'");
  await prove();
  const told = "Its role's sessions begin as x.??Isolation. No longer: ?abc?, by the default role.";
  expect(await open(a.id)).toMatchObject([{ words: told }]);
  expect((await timeline(a.id)).at(-1)).toBe(`Isolation. Found: ${told}`);
  await server.sql("ALTER ROLE t_amber RESET role");
  // Names that are told alike are two leaks; SQL that would not read as it runs is not shown.
  await server.sql(`CREATE ROLE "x\u200b" IN ROLE t_amber; CREATE ROLE "x\u202e" IN ROLE t_amber`);
  await prove();
  const both = await open(a.id);
  expect(both.map((finding) => finding.words)).toEqual(Array(2).fill("The role x? is a member of its role."));
  expect(new Set(both.map(({ subject }) => subject)).size).toBe(2);
  expect(both.map(({ mend }) => mend).sort()).toEqual([`REVOKE t_amber FROM "x\u200b";`, null].sort());
  await server.sql(`DROP ROLE "x\u200b"; DROP ROLE "x\u202e"`);
  expect((await prove()).servers).toMatchObject([{ state: "proven" }]);
});

test("thousands of one tenant's leaks hide no other's, and what is gone is closed", async () => {
  const many = 5100;
  await server.sql(`DO $$ BEGIN FOR i IN 1..${many} LOOP EXECUTE format('CREATE ROLE u_%s', i); END LOOP; END $$`);
  await asAmber(`DO $$ BEGIN FOR i IN 1..51 LOOP
    EXECUTE (SELECT format('GRANT CONNECT ON DATABASE t_amber TO %s', string_agg('u_' || j, ','))
             FROM generate_series((i - 1) * 100 + 1, i * 100) j); END LOOP; END $$`);
  await server.sql("GRANT t_birch TO spy");
  await prove();
  expect(await open(b.id)).toMatchObject([{ words }]);
  const told = await open(a.id);
  expect(told).toHaveLength(51);
  expect(told.find(({ subject }) => subject === "the rest")).toMatchObject({
    ...{ words: `There are ${many - 50} more leaks of the same kind (connect).`, mend: null },
  });
  // Another's leak closes meanwhile; of the many, one that gives way to another is not said to be gone.
  await server.sql("REVOKE t_birch FROM spy; CREATE ROLE a_first; GRANT CONNECT ON DATABASE t_amber TO a_first");
  await prove();
  expect(await open(b.id)).toEqual([]);
  expect(await open(a.id)).toHaveLength(51);
  expect((await timeline(a.id)).at(-1)).toBe("Isolation. Found: The role a_first may connect to its database.");
  await server.sql("UPDATE pg_database SET datacl = '{t_amber=CTc/t_amber}' WHERE datname = 't_amber'");
  expect((await prove()).servers).toMatchObject([{ state: "proven" }]);
  expect(await open(a.id)).toEqual([]);
}, 120_000);
