import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { enforceStatus } from "@/lib/tenants/enforce";
import { seededRandom } from "@/sample/random";
import { seedTenant } from "@/sample/seed";
import { makeShop, openShop } from "@/sample/testing-shop";
import { exportPath, removeOldExports, writeExport } from "../export-file";
import { contentsOf, loadExport } from "../testing-load";
import { act, testWork } from "../testing-work";
import { exportData } from "./export-data";

let control: TestControl;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tenantry-exports-"));
  process.env.EXPORT_DIR = folder;
  process.env.EXPORT_DAYS = "7";
  control = await testControl();
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true, force: true });
});

async function exported(tenant: TestTenant, more: Parameters<typeof testWork>[2] = {}) {
  const work = await testWork(control, tenant.id, more);
  const outcome = await act(exportData, work);
  const { file } = outcome.result as { file: { name: string; bytes: number } };
  return { outcome, file, path: exportPath(work.run.id, file.name) };
}

/** What an export holds, and what a database is that it was loaded into. */
async function roundTrip(source: TestTenant, target: TestTenant) {
  const { path } = await exported(source);
  const [left, right] = [await openShop(control, source), await openShop(control, target)];
  await loadExport(right, path);
  const contents = { before: await contentsOf(left), after: await contentsOf(right) };
  await left.end();
  await right.end();
  return contents;
}

test("a seeded shop is the same, row by row, in a fresh database with the same migrations", async () => {
  const [source, target] = [await makeShop(control, "amber"), await makeShop(control, "amber-copy")];
  const shop = await openShop(control, source);
  await seedTenant((text, values) => shop.query(text, values && [...values]), { rows: 600, random: seededRandom(7) });
  await shop.end();
  const { before, after } = await roundTrip(source, target);
  expect(after).toEqual(before);
  expect(before.orders).toHaveLength(600);
  const again = await openShop(control, target);
  await again.query("INSERT INTO customers (email, name, country) VALUES ('new@example.com', 'New', 'DE')");
  await again.end();
});

const oddSchema = `
  CREATE SCHEMA "Odd ""Place";
  CREATE TYPE "Mood" AS ENUM ('so so', 'gut, "ja"');
  CREATE TABLE "Odd ""Place"."Zwei" (id int PRIMARY KEY);
  CREATE TABLE "Aa" (
    "Id" bigint GENERATED ALWAYS AS IDENTITY (START 41 INCREMENT 3), "Text" text, raw bytea, list text[], doc jsonb, plain json,
    "doubled Text" text GENERATED ALWAYS AS ("Text" || "Text") STORED, mood "Mood", at timestamptz, span interval,
    price numeric(30, 10), ratio float8, parent bigint, zwei int REFERENCES "Odd ""Place"."Zwei", place regclass,
    gone int, PRIMARY KEY ("Id"), FOREIGN KEY (parent) REFERENCES "Aa" ("Id"));
  ALTER TABLE "Aa" DROP COLUMN gone;
  CREATE TABLE parted (id serial, region text NOT NULL, note text) PARTITION BY LIST (region);
  CREATE TABLE parted_eu PARTITION OF parted FOR VALUES IN ('eu') PARTITION BY HASH (id);
  CREATE TABLE parted_eu_0 PARTITION OF parted_eu FOR VALUES WITH (MODULUS 2, REMAINDER 0);
  CREATE TABLE parted_eu_1 PARTITION OF parted_eu FOR VALUES WITH (MODULUS 2, REMAINDER 1);
  CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
  CREATE TABLE base (a int); CREATE TABLE derived (b int) INHERITS (base);
  CREATE TABLE hen (id int PRIMARY KEY, egg int);
  CREATE TABLE egg (id int PRIMARY KEY, hen int REFERENCES hen DEFERRABLE);
  ALTER TABLE hen ADD FOREIGN KEY (egg) REFERENCES egg DEFERRABLE;
  CREATE TABLE nothing (); CREATE SEQUENCE untouched; CREATE SEQUENCE backwards INCREMENT -1;
  CREATE VIEW seen AS SELECT 1 AS one;`;

const oddRows = `
  INSERT INTO "Odd ""Place"."Zwei" VALUES (7);
  INSERT INTO "Aa" ("Text", raw, list, doc, plain, mood, at, span, price, ratio, zwei, place) VALUES
    (E'line\\nbreak\\ttab\\\\backslash\\r', '\\x00ff5c0a', ARRAY['a,b', NULL, '"', E'\\n', ''], '{"k": [1, null, "ü😀"]}',
     '{"b": 1,  "a": 2}', 'gut, "ja"', '1999-12-31 23:59:59.123456+02', '1 year -3 days 04:05:06.7', 1e19 / 3, 0.1, 7, 'hen'),
    (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'NaN', NULL, NULL),
    ('\\N', '', '{}', 'null', 'null', 'so so', 'infinity', '0', 0, '-Infinity', NULL, NULL),
    ('\\.', '\\x', ARRAY['{1,2}'], '"\\\\."', '""', NULL, '-infinity', NULL, -1.5, 5e-324, NULL, '"Odd ""Place"."Zwei"'),
    ('日本語 ' || chr(1) || ' ''quoted'' -- no comment', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  UPDATE "Aa" SET parent = 41 WHERE "Id" <> 41;
  INSERT INTO parted (region, note) SELECT (ARRAY['eu', 'us', 'asia'])[1 + n % 3], 'n' || n FROM generate_series(1, 30) AS n;
  INSERT INTO base VALUES (1); INSERT INTO derived VALUES (2, 3);
  BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO hen VALUES (1, 1); INSERT INTO egg VALUES (1, 1); COMMIT;
  INSERT INTO nothing DEFAULT VALUES; SELECT nextval('backwards'), nextval('backwards');`;

async function asOwner<T>(tenant: TestTenant, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await openShop(control, tenant);
  return await use(client).finally(() => client.end());
}

test("odd names, odd values, identities, generated columns, partitions and deferrable cycles come through", async () => {
  const [source, target] = [await control.makeTenant("birch"), await control.makeTenant("birch-copy")];
  await controlDb().tenant.update({ where: { id: source.id }, data: { name: "Birch\nDROP TABLE hen; --" } });
  await asOwner(source, async (client) => {
    await client.query(oddSchema);
    await client.query(oddRows);
  });
  await asOwner(target, async (client) => await client.query(oddSchema));
  const { before, after } = await roundTrip(source, target);
  expect(after).toEqual({ ...before, nothing: null });
  expect(before['"Aa"']).toHaveLength(5);
  const { path, outcome } = await exported(source);
  const text = gunzipSync(readFileSync(path)).toString();
  expect(text).toMatch(/^-- The data of tenant birch \(Birch DROP TABLE hen; --\), from its database t_birch/);
  expect(text).toMatch(/-- These refer to one another: "public"\."(hen|egg)", "public"\."(hen|egg)"/);
  expect(outcome.words).toMatch(/^Exported 40 rows of 7 tables, [1-9]\d* KiB\.$/);
});

const psql = spawnSync("psql", ["--version"]).status === 0;

const withPsql = psql ? test : () => undefined;

// Beside the loader above, wherever PostgreSQL's own client is installed.
withPsql("psql loads it as the head of the file says; a second time it loads nothing", async () => {
  const [source, target] = [await control.makeTenant("alder"), await control.makeTenant("alder-copy")];
  await asOwner(source, async (client) => {
    await client.query(oddSchema);
    await client.query(oddRows);
  });
  await asOwner(target, async (client) => await client.query(oddSchema));
  const { path } = await exported(source);
  const { host, port } = control.access;
  const url = `postgresql://${target.role}:${target.password}@${host}:${port}/${target.database}`;
  const load = () =>
    spawnSync("psql", ["-X", "-q", "-d", url], { input: gunzipSync(readFileSync(path)), encoding: "utf8" });
  expect(load()).toMatchObject({ status: 0, stderr: "" });
  const before = { ...(await asOwner(source, contentsOf)), nothing: null };
  expect(await asOwner(target, contentsOf)).toEqual(before);
  expect(load()).toMatchObject({ status: 3, stderr: expect.stringContaining("duplicate key") });
  expect(await asOwner(target, contentsOf)).toEqual(before);
});

test("the file is its owner's alone, and what was there is replaced at once", async () => {
  const tenant = await control.makeTenant("cedar");
  const run = { id: newId(new Date()), position: 3 };
  const first = await exported(tenant, { run });
  expect(first.file.name).toBe("cedar-3.sql.gz");
  expect(statSync(first.path).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, run.id)).mode & 0o777).toBe(0o700);
  expect(statSync(first.path).size).toBe(first.file.bytes);
  await asOwner(tenant, async (client) => await client.query("CREATE TABLE more AS SELECT 1 AS n"));
  writeFileSync(join(folder, run.id, ".cedar-3.sql.gz.a-part-of-somebody-killed"), "half");
  const second = await exported(tenant, { run });
  expect(gunzipSync(readFileSync(second.path)).toString()).toContain(
    'COPY "public"."more" ("n") FROM stdin;\n1\n\\.\n',
  );
  expect(readdirSync(join(folder, run.id))).toEqual(["cedar-3.sql.gz"]);
});

test("what is given up midway leaves no file, and the process goes on", async () => {
  const tenant = await control.makeTenant("delta");
  await asOwner(tenant, async (client) => {
    await client.query("CREATE TABLE big AS SELECT n, md5(n::text) AS text FROM generate_series(1, 400000) AS n");
  });
  const stop = new AbortController();
  const run = { id: newId(new Date()), position: 0 };
  const started = exported(tenant, { run, signal: stop.signal });
  const watch = setInterval(() => {
    const parts = readdirSync(folder).includes(run.id) ? readdirSync(join(folder, run.id)) : [];
    if (parts.some((name) => statSync(join(folder, run.id, name)).size > 0)) stop.abort();
  }, 1);
  await expect(started).rejects.toThrow();
  clearInterval(watch);
  expect(stop.signal.aborted).toBe(true);
  expect(readdirSync(join(folder, run.id))).toEqual([]);
  const whole = await exported(tenant, { run });
  expect(whole.outcome.words).toMatch(/^Exported 400,000 rows of 1 table, /);
});

test("no table leaves a timer behind, which would end the worker later", async () => {
  const tenant = await control.makeTenant("fern");
  const names = Array.from({ length: 40 }, (_, n) => `CREATE TABLE t${n} AS SELECT 1 AS n`);
  await asOwner(tenant, async (client) => await client.query(names.join(";")));
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  expect((await exported(tenant)).outcome.words).toMatch(/^Exported 40 rows of 40 tables/);
  expect(timers() - before).toBeLessThan(20);
});

test("the rows are of one moment, whatever is written meanwhile", async () => {
  const tenant = await control.makeTenant("ember");
  await asOwner(tenant, async (client) => {
    await client.query("CREATE TABLE a AS SELECT 1 AS n; CREATE TABLE z AS SELECT 1 AS n");
    await client.query("BEGIN; LOCK TABLE z IN ACCESS EXCLUSIVE MODE");
    const started = exported(tenant);
    const waits = "SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'z'::regclass";
    for (let n = 0; n < 500 && (await client.query(waits)).rowCount === 0; n++)
      await new Promise((r) => setTimeout(r, 10));
    await client.query("INSERT INTO a VALUES (2); INSERT INTO z VALUES (2); COMMIT");
    const text = gunzipSync(readFileSync((await started).path)).toString();
    expect(text).toContain('COPY "public"."a" ("n") FROM stdin;\n1\n\\.\n');
    expect(text).toContain('COPY "public"."z" ("n") FROM stdin;\n1\n\\.\n');
  });
});

test("rows behind row-level security are never left out in silence", async () => {
  const tenant = await control.makeTenant("flint");
  await asOwner(tenant, async (client) => {
    await client.query("CREATE TABLE hidden AS SELECT 1 AS n; ALTER TABLE hidden ENABLE ROW LEVEL SECURITY");
    await client.query("ALTER TABLE hidden FORCE ROW LEVEL SECURITY");
  });
  await expect(exported(tenant)).rejects.toThrow(/row-level security/);
});

test("a suspended tenant's data can be exported, and it stays locked", async () => {
  const tenant = await control.makeTenant("grove");
  await asOwner(tenant, async (client) => await client.query("CREATE TABLE kept AS SELECT 1 AS n"));
  await controlDb().tenant.update({ where: { id: tenant.id }, data: { status: "suspended" } });
  await withAdmin(control.access, async (admin) => {
    await enforceStatus(admin, { ...tenant, adopted: false }, "suspended");
  });
  const { path } = await exported(tenant);
  expect(gunzipSync(readFileSync(path)).toString()).toContain('COPY "public"."kept" ("n") FROM stdin;\n1\n\\.\n');
  await expect(openShop(control, tenant)).rejects.toMatchObject({ code: "28000" });
});

test("a name or id that is none never becomes a path", () => {
  const run = newId(new Date());
  for (const [id, name] of [
    [run, "../../etc/passwd"],
    [run, ".a.sql.gz"],
    ["..", "a-0.sql.gz"],
    [run, "a/b-0.sql.gz"],
  ] as const)
    expect(() => exportPath(id, name)).toThrow("There is no export");
});

test("exports go after EXPORT_DAYS, parts after a day; nothing else in the folder is touched", async () => {
  const [old, young] = [newId(new Date()), newId(new Date())];
  async function* text() {
    yield "text";
  }
  for (const run of [old, young]) await writeExport(run, "a-0.sql.gz", text(), new AbortController().signal);
  const now = new Date();
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
  utimesSync(exportPath(old, "a-0.sql.gz"), daysAgo(8), daysAgo(8));
  utimesSync(exportPath(young, "a-0.sql.gz"), daysAgo(6), daysAgo(6));
  writeFileSync(join(folder, young, "notes.txt"), "mine");
  utimesSync(join(folder, young, "notes.txt"), daysAgo(99), daysAgo(99));
  await removeOldExports(now);
  expect(readdirSync(folder)).not.toContain(old);
  expect(readdirSync(join(folder, young)).sort()).toEqual(["a-0.sql.gz", "notes.txt"]);
});
