import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roleConfig } from "@/lib/platform/postgres";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { stepOf } from "./import-rules";

// PostgreSQL itself says what a text means: whatever the rules let in must mean to it what they took it for.
let control: TestControl;
let tenant: TestTenant;
let client: pg.Client;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("oracle");
  const { adminUser: user, adminPassword: password } = control.access;
  client = new pg.Client(roleConfig(control.access, { user, password, database: tenant.database }));
  await client.connect();
  await client.query(`
    CREATE TABLE _prisma_migrations (n text, m text); CREATE TABLE t (n text, m text);
    CREATE SCHEMA other; CREATE TABLE other._prisma_migrations (n text, m text);
    CREATE TABLE "_Prisma_Migrations" (n text, m text); CREATE TABLE "public._prisma_migrations" (n text, m text);
    CREATE SEQUENCE acted;
    CREATE FUNCTION act() RETURNS text LANGUAGE sql AS $$ SELECT nextval('acted')::text $$;
    CREATE FUNCTION act(text) RETURNS text LANGUAGE sql AS $$ SELECT nextval('acted')::text $$;
    SET search_path = public`);
});
afterAll(async () => {
  await client.end();
  await control.close();
});

const filler = fc.constantFrom(
  "",
  "",
  " ",
  "\n",
  "\t",
  "\f",
  "\r",
  "/**/",
  "/* /* . */ */",
  "-- .\n",
  '-- "\r',
  "/*'*/",
);
const inner = fc.constantFrom("_prisma_migrations", "public", "other", "t", "_Prisma_Migrations", "E", "é");
const piece = fc.oneof(
  inner,
  inner.map((one) => one.toUpperCase()),
  inner.map((one) => `"${one}"`),
  fc.constantFrom(".", ".", ".", '"', '""', "U&", "'", "$", "(", "only", '"public._prisma_migrations"'),
  fc.constantFrom('U&"\\005fprisma_migrations"', "U&\"!005fprisma_migrations\" UESCAPE '!'"),
);
const spelling = fc
  .array(fc.tuple(filler, piece), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.map((one) => one.join("")).join(""));
const likely = fc
  .tuple(
    fc.constantFrom("public", '"public"', "PUBLIC", "other", ""),
    filler,
    filler,
    fc.constantFrom("_prisma_migrations", '"_prisma_migrations"', "_PRISMA_migrations"),
  )
  .map(([schema, before, behind, name]) => (schema === "" ? before + name : `${schema}${before}.${behind}${name}`));

/** The table that PostgreSQL would fill; null where it can't read the statement. */
async function filled(text: string): Promise<string | null> {
  try {
    const { rows } = await client.query({
      text: `EXPLAIN (VERBOSE, FORMAT JSON) ${text}`,
      queryMode: "extended",
    } as pg.QueryConfig);
    const plan = rows[0]["QUERY PLAN"][0].Plan;
    return `${plan.Schema}.${plan["Relation Name"]}`;
  } catch {
    return null;
  }
}

test("no spelling of Prisma's record comes through as an INSERT or a COPY", async () => {
  let recognised = 0;
  await fc.assert(
    fc.asyncProperty(fc.oneof(spelling, likely), async (spelled) => {
      const text = `INSERT INTO ${spelled} VALUES ('1')`;
      const [step, table] = [stepOf(text), await filled(text)];
      const copy = stepOf(`COPY ${spelled} FROM stdin`);
      if (table === "public._prisma_migrations") {
        if (step.do === "skip") recognised++;
        expect(step.do).toMatch(/^(skip|refuse)$/);
        expect(copy.do === "refuse" || (copy.do === "copy" && copy.skipped)).toBe(true);
      } else if (table !== null) {
        expect(step.do).not.toBe("skip");
        expect(copy).not.toMatchObject({ skipped: true });
      }
    }),
    { numRuns: 1500 },
  );
  expect(recognised).toBeGreaterThan(100);
});

const call = fc.constantFrom(
  "act()",
  "act ( )",
  "public.act()",
  "(act())",
  "act('x')",
  "ARRAY[act()]",
  "(SELECT act())",
);
const value = fc.oneof(
  call,
  fc.constantFrom(
    "1",
    "-1.5",
    "NULL",
    "DEFAULT",
    "'a'",
    "'it''s'",
    "E'a\\'",
    "E'a\\'b'",
    "$$a$$",
    "$x$",
    "x'1F'",
    "'",
    "\\",
  ),
  fc.constantFrom(
    "'1'::int",
    "'a'::text",
    "date '2026-01-01'",
    "U&'a'",
    "N'a'",
    "act 'x'",
    "B'01''0'",
    "1e",
    "1$$",
    "é'a'",
    "éE'a\\'",
  ),
);
const noise = fc.constantFrom(
  "",
  " ",
  "\n",
  "--",
  "--\r",
  "--\n",
  "/*",
  "*/",
  "/**/",
  ",",
  ", ",
  ")",
  "(",
  "||",
  "::",
  ";",
  "[",
  "\u00a0",
);
const statement = fc
  .array(fc.tuple(noise, value, noise), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map((one) => one.join("")).join(", "));
const ending = fc.constantFrom(
  "",
  " ON CONFLICT DO NOTHING",
  " RETURNING act()",
  ", (act(), 1)",
  "; SELECT act()",
  "--'\n, (act())",
);

test("nothing acts in an INSERT that comes through, however it is written", async () => {
  const counted = async () => (await client.query("SELECT last_value, is_called FROM acted")).rows;
  const before = await counted();
  let done = 0;
  await fc.assert(
    fc.asyncProperty(statement, ending, async (values, end) => {
      const text = `INSERT INTO t VALUES (${values})${end}`;
      if (stepOf(text).do !== "insert") return;
      await client.query({ text, queryMode: "extended" } as pg.QueryConfig).then(
        () => done++,
        () => undefined,
      );
    }),
    { numRuns: 20_000 },
  );
  expect(done).toBeGreaterThan(50);
  expect(await counted()).toEqual(before);
});
