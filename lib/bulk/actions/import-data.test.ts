import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { actorId } from "@/lib/gate/context";
import { env } from "@/lib/platform/env";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { type TestFolder, tenantClient, testFolder } from "@/lib/schema/testing-folder";
import { enforceStatus } from "@/lib/tenants/enforce";
import { findAction } from "../actions";
import { exportPath } from "../export-file";
import { contentsOf } from "../testing-load";
import { person, plan, program } from "../testing-plan";
import { itemsOf, makeRun, workUntilRest } from "../testing-runs";
import { act, testWork } from "../testing-work";
import { receive } from "../upload-file";
import { importData } from "./import-data";

const structure = `
  CREATE TYPE mood AS ENUM ('so "so"', 'fine');
  CREATE TABLE "odd ""name"" (1);" (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Select" text, bytes bytea, doc jsonb, list text[], span int4range,
    at timestamptz, gap interval, n numeric, x xml, m mood, len int GENERATED ALWAYS AS (length("Select")) STORED);
  CREATE SCHEMA "other schema";
  CREATE TABLE "other schema".plain (id serial PRIMARY KEY, parent int REFERENCES "other schema".plain, words text DEFAULT 'none');
  CREATE TABLE parts (day date NOT NULL, n int) PARTITION BY RANGE (day);
  CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
  CREATE TABLE parts_b PARTITION OF parts DEFAULT;
  CREATE TABLE hen (id int PRIMARY KEY, egg int NOT NULL);
  CREATE TABLE egg (id int PRIMARY KEY, hen int NOT NULL REFERENCES hen);
  ALTER TABLE hen ADD CONSTRAINT hen_egg FOREIGN KEY (egg) REFERENCES egg DEFERRABLE;
  ALTER TABLE hen ALTER CONSTRAINT hen_egg NOT DEFERRABLE;
  CREATE TABLE told (what text);
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO told VALUES (NEW.words); RETURN NEW; END $$;
  CREATE TRIGGER tells AFTER INSERT ON "other schema".plain FOR EACH ROW EXECUTE FUNCTION tell();
  CREATE TRIGGER always AFTER INSERT ON "other schema".plain FOR EACH ROW EXECUTE FUNCTION tell();
  ALTER TABLE "other schema".plain ENABLE ALWAYS TRIGGER always;
  CREATE TABLE kinds (id int PRIMARY KEY);
  INSERT INTO kinds VALUES (1);
  CREATE SEQUENCE "strange ' seq" INCREMENT -3 MINVALUE -900 MAXVALUE 100 START 50;
  CREATE TABLE nothing (id int);`;

const data = `
  INSERT INTO "odd ""name"" (1);" ("Select", bytes, doc, list, span, at, gap, n, x, m) VALUES
    (E'quotes '' " \\\\ \\\\. \\\\N tab\\t line\\nfeed\\r return', '\\x00ff5c0a', '{"a": "\\\\n", "b": [null, "😀"]}',
     ARRAY['a,b', NULL, '{}', '"'], '[1,5)', '2026-11-22 10:00:00.123456+05', '1 mon -2 days', 12345678901234567890.123456789,
     '<a b="c">&amp;</a>', 'so "so"'),
    (NULL, NULL, NULL, NULL, NULL, 'infinity', NULL, 'NaN', NULL, NULL), ('', '', 'null', '{}', 'empty', NULL, '0', 0, '', 'fine'),
    ('\\.', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL), ('); DROP TABLE kinds; --', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
  INSERT INTO "odd ""name"" (1);" ("Select") SELECT repeat('big 😀 ' || n, 300000) FROM generate_series(1, 2) n;
  INSERT INTO "other schema".plain (parent, words) VALUES (NULL, 'root'), (1, 'leaf'), (2, NULL);
  INSERT INTO parts VALUES ('2026-01-15', 1), ('2031-01-01', 2);
  BEGIN; ALTER TABLE hen ALTER CONSTRAINT hen_egg DEFERRABLE INITIALLY DEFERRED;
  INSERT INTO hen VALUES (1, 2); INSERT INTO egg VALUES (2, 1); COMMIT;
  ALTER TABLE hen ALTER CONSTRAINT hen_egg NOT DEFERRABLE;
  INSERT INTO kinds VALUES (2);
  SELECT nextval('"strange '' seq"'), nextval('"strange '' seq"');`;

let control: TestControl;
let migrations: TestFolder;
let exports: string;
let source: TestTenant;
let target: TestTenant;
let exported: string;
/** What the source held when it was exported. */
let held: Record<string, unknown>;
let made = 0;

beforeAll(async () => {
  exports = mkdtempSync(join(tmpdir(), "tenantry-imports-"));
  migrations = testFolder();
  migrations.write("20260101000000_all", structure);
  Object.assign(process.env, { EXPORT_DIR: exports, TENANT_MIGRATIONS: migrations.path });
  control = await testControl();
  source = await shop("source");
  await as(source, (client) => client.query(data));
  held = await contents(source);
  exported = await makeRun([source], { action: "export-data" });
  expect(await workUntilRest(exported, findAction)).toBe("finished");
}, 60_000);
afterAll(async () => {
  await control.close();
  migrations.remove();
  rmSync(exports, { recursive: true, force: true });
});
beforeEach(async () => {
  target = await shop(`target-${made++}`);
  await as(target, (client) => client.query("DELETE FROM kinds"));
});

/** A tenant with the migrations and no rows but theirs. */
async function shop(slug: string): Promise<TestTenant> {
  const tenant = await control.makeTenant(slug);
  await control.sql(`ALTER SCHEMA public OWNER TO "${tenant.role}"`, [], tenant.database);
  await act(findAction("migrate") as never, await testWork(control, tenant.id));
  return tenant;
}

async function as<T>(tenant: TestTenant, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await tenantClient(control, tenant);
  return await use(client).finally(() => client.end());
}

const contents = (tenant: TestTenant) => as(tenant, contentsOf);
const file = () => exportPath(exported, "source-0.sql.gz");
const script = () => gunzipSync(readFileSync(file())).toString();

/** Uploads a text as the host would; returns its SHA-256. */
async function uploaded(text: string | Buffer, owner: string | null = null): Promise<string> {
  return (await receive(Readable.from([Buffer.from(text)]), owner)).sha256;
}

async function imports(input: object, tenant = target) {
  return await act(importData, await testWork(control, tenant.id), input);
}

/** Refused with these words, and nothing in the target has changed. */
async function refused(text: string | Buffer, words: RegExp): Promise<Error> {
  const before = await contents(target);
  const upload = await uploaded(text);
  const error: Error = await imports({ upload }).then(
    () => new Error("It was imported."),
    (reason: Error) => reason,
  );
  expect(error.message).toMatch(words);
  expect(await contents(target)).toEqual(before);
  return error;
}

describe("an export", () => {
  test("comes back in another tenant as it was: every row of every table, and every sequence", async () => {
    const { words } = await imports({ run: exported });
    expect(words).toBe("Imported 22 rows.");
    expect(await contents(target)).toEqual(held);
  });

  test("goes on as the source would: keys, triggers and constraints are as the migrations made them", async () => {
    await imports({ run: exported });
    const next = async (tenant: TestTenant) =>
      await as(tenant, async (client) => {
        const { rows } = await client.query(`SELECT nextval('"strange '' seq"') AS n`);
        await client.query(`INSERT INTO "other schema".plain (words) VALUES ('after')`);
        const told = await client.query("SELECT count(*)::int AS n FROM told WHERE what = 'after'");
        const states = await client.query(`SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1`);
        const keys = await client.query(
          `SELECT conname, condeferrable FROM pg_constraint WHERE contype = 'f' ORDER BY 1`,
        );
        return [rows, told.rows, states.rows, keys.rows];
      });
    expect(await next(target)).toEqual(await next(source));
  });

  test("comes back by psql's own file, unpacked, as an upload", async () => {
    const upload = await uploaded(script());
    await imports({ upload });
    expect(await contents(target)).toEqual(held);
  });

  test("replaces what is there, with the rows that migrations bring; what fails leaves it", async () => {
    await as(target, (client) => client.query("INSERT INTO kinds VALUES (7); CREATE TABLE mine AS SELECT 1 AS n"));
    const upload = await uploaded(script().replace("\nCOMMIT;", "\nDROP TABLE kinds;\nCOMMIT;"));
    const before = await contents(target);
    await expect(imports({ upload, replace: true })).rejects.toThrow(/only data is imported/);
    expect(await contents(target)).toEqual(before);
    const { words } = await imports({ run: exported, replace: true });
    expect(words).toBe("Imported 22 rows. Its database is new, at 20260101000000_all.");
    expect(await contents(target)).toEqual(held);
    const { rows } = await control.sql("SELECT 1 FROM pg_database WHERE datname LIKE $1", [`${target.database}%`]);
    expect(rows).toHaveLength(1);
  });

  test("of an older schema is migrated once it is in", async () => {
    migrations.write("20260102000000_later", "ALTER TABLE kinds RENAME TO sorts; INSERT INTO sorts VALUES (99)");
    try {
      await imports({ run: exported, replace: true });
      expect((await contents(target)).sorts).toEqual(["(1)", "(2)", "(99)"]);
    } finally {
      rmSync(join(migrations.path, "20260102000000_later"), { recursive: true });
    }
  });

  test("of a schema that is not known here is refused before anything is done", async () => {
    const text = script().replace(/the newest \S+/, "the newest 20990101000000_future");
    const upload = await uploaded(text);
    await expect(imports({ upload, replace: true })).rejects.toThrow(/does not have: 20990101000000_future/);
  });

  test("comes into a tenant that is shut out, which stays so", async () => {
    await controlDb().tenant.update({ where: { id: target.id }, data: { status: "suspended" } });
    await withAdmin(control.access, (admin) => enforceStatus(admin, { ...target, adopted: false }, "suspended"));
    await imports({ run: exported });
    await expect(as(target, contentsOf)).rejects.toMatchObject({ code: "28000" });
    expect((await control.sql("SELECT 1 FROM kinds", [], target.database)).rowCount).toBe(2);
  });
});

describe("nothing is imported", () => {
  test("into tables that have rows, unless they are replaced", async () => {
    await as(target, (client) => client.query("INSERT INTO kinds VALUES (7)"));
    await refused(
      script(),
      /^The table "public"."kinds" has rows already\. Import into an empty database, or with "replace"\.$/,
    );
  });

  test("of a file whose end is missing, packed or not", async () => {
    const text = script();
    await refused(text.slice(0, text.lastIndexOf("COMMIT;")), /has no COMMIT: the end is missing/);
    await refused(text.slice(0, text.indexOf("quotes") + 3), /the file ends within the rows that begin here/);
    const packed = readFileSync(file());
    await refused(packed.subarray(0, packed.length - 20), /can't be unpacked/);
  });

  test("when sequences were moved and what comes after fails: they stand where they stood", async () => {
    const text = script().replace("\nCOMMIT;", "\nSELECT pg_catalog.setval('gone', 1, true);\nCOMMIT;");
    await refused(text, /^Line \d+ of the file: there is no sequence of this name/);
  });

  test("as anybody but the tenant's own role: what it may not do, the file may not", async () => {
    await control.sql("CREATE TABLE ours (secret text)", [], target.database);
    await control.sql("GRANT SELECT ON ours TO PUBLIC", [], target.database);
    await refused("COPY ours FROM stdin;\nx\n\\.\n", /^Line 1 of the file: permission denied for table ours/);
    await refused("INSERT INTO kinds SELECT 1 FROM pg_read_file('/etc/passwd');", /permission denied for function/);
  });

  test("that ends its transaction, or does more than put data in", async () => {
    const only = /^Line 2 of the file: only data is imported/;
    await refused("INSERT INTO kinds VALUES (5);\nROLLBACK;", only);
    await refused("INSERT INTO kinds VALUES (5);\nALTER ROLE CURRENT_USER PASSWORD 'mine';", only);
    await refused("BEGIN; COMMIT; INSERT INTO kinds VALUES (5);", /^Line 1 of the file: something follows the COMMIT/);
    await refused("BEGIN; INSERT INTO kinds VALUES (5); BEGIN;", /a second transaction begins/);
  });

  test.each([
    [
      "of the wrong type",
      "COPY kinds (id) FROM stdin;\n5\nsecret\n\\.\n",
      "Line 3 of the file: a value is not one of its column's type (22P02)",
    ],
    [
      "that are there twice",
      "COPY kinds (id) FROM stdin;\n77777\n77777\n\\.\n",
      "Line 3 of the file: a row is there already (kinds_pkey) (23505)",
    ],
    [
      "with too many values",
      "\n\nCOPY kinds (id) FROM stdin;\n5\tsecret\n\\.\n",
      "Line 4 of the file: a row has more or fewer values than columns (22P04)",
    ],
    [
      "that refer to nothing",
      "COPY egg (id, hen) FROM stdin;\n1\t77777\n\\.\n",
      "When all rows were in: a row refers to one that is not there (egg_hen_fkey) (23503)",
    ],
    [
      "that lack a value",
      "COPY egg (id) FROM stdin;\n77777\n\\.\n",
      "Line 2 of the file: a row lacks a value in the column hen (23502)",
    ],
    [
      "for no table",
      "INSERT INTO kinds VALUES (1);\nCOPY gone (id) FROM stdin;\n1\n\\.\n",
      'Line 2 of the file: relation "gone" does not exist (42P01)',
    ],
    [
      "that are no SQL",
      "INSERT INTO kinds VALUES (1, 'secret' 77777);",
      "Line 1 of the file: this is not SQL that PostgreSQL can read (42601)",
    ],
  ])("of rows %s, and the error quotes nothing of them", async (_, text, words) => {
    const error = await refused(text, /^(Line|When)/);
    expect(error.message).toBe(`${words}. Nothing was imported.`);
    expect(error.message).not.toMatch(/secret|77777/);
  });

  test("from a file that is gone, or was never there", async () => {
    await expect(imports({ upload: "0".repeat(64) })).rejects.toThrow(/^The uploaded file is gone/);
    await expect(imports({ run: target.id })).rejects.toThrow(/^The file is gone/);
  });

  test("into an adopted database", async () => {
    await controlDb().tenant.update({ where: { id: target.id }, data: { adopted: true } });
    await expect(imports({ run: exported })).rejects.toThrow(/was adopted/);
  });
});

describe("an attempt that comes after one that was cut off", () => {
  test("behind its commit imports nothing again", async () => {
    let kept: unknown = null;
    const work = await testWork(control, target.id);
    const remember = async (value: unknown) => {
      kept = value;
    };
    await act(importData, { ...work, remember }, { run: exported });
    await as(target, (client) => client.query("INSERT INTO kinds VALUES (3)"));
    const again = await act(importData, { ...work, remembered: kept }, { run: exported });
    expect(again.words).toBe("Imported 22 rows.");
    expect((await contents(target)).kinds).toEqual(["(1)", "(2)", "(3)"]);
  });

  test("before its commit imports all of it", async () => {
    let kept: unknown = null;
    const work = await testWork(control, target.id);
    const remember = async (value: unknown) => {
      kept = value;
      throw new Error("cut off");
    };
    await expect(act(importData, { ...work, remember }, { run: exported })).rejects.toThrow("cut off");
    await act(importData, { ...work, remembered: kept }, { run: exported });
    expect(await contents(target)).toEqual(held);
  });
});

describe("planning", () => {
  const tenants = () => [target.id];

  test("with an export takes who could download it, and names what is wrong", async () => {
    const input = { run: exported };
    const run = await plan(await person(), "import-data", { tenants: tenants(), input });
    expect(run).toMatchObject({ danger: "destructive", title: `Import data from run ${exported}` });
    const importer = program(["data:import"]);
    await expect(plan(importer, "import-data", { tenants: tenants(), input })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(
      plan(await person(), "import-data", { tenants: tenants(), input: { run: exported, position: 5 } }),
    ).rejects.toMatchObject({ code: "invalid", fields: { position: expect.any(String) } });
    for (const wrong of [{}, { run: exported, upload: "0".repeat(64) }, { upload: "x" }])
      await expect(plan(await person(), "import-data", { tenants: tenants(), input: wrong })).rejects.toMatchObject({
        code: "invalid",
        fields: expect.anything(),
      });
  });

  test("with somebody else's tenant's export is refused: its data would become readable", async () => {
    await controlDb().tenant.update({ where: { id: target.id }, data: { tags: ["mine"] } });
    const scoped = await person("owner", { kind: "tag", values: ["mine"] });
    const asked = plan(scoped, "import-data", { tenants: tenants(), input: { run: exported } });
    await expect(asked).rejects.toMatchObject({ code: "invalid", fields: { position: expect.any(String) } });
  });

  test("with an upload takes who sent it, and nobody else", async () => {
    const [ada, bob] = [await person(), await person()];
    const upload = await uploaded("INSERT INTO kinds VALUES (1);", actorId(ada.actor));
    const planned = await plan(ada, "import-data", { tenants: tenants(), input: { upload } });
    expect(planned.status).toBe("planned");
    await expect(plan(bob, "import-data", { tenants: tenants(), input: { upload } })).rejects.toMatchObject({
      fields: { upload: expect.stringMatching(/^You have uploaded no such file/) },
    });
  });

  test("leaves out those that go; what is deleted meanwhile is left as it is", async () => {
    const before = await contents(target);
    const id = await makeRun([target], { action: "import-data", input: { run: exported } });
    await controlDb().tenant.update({ where: { id: target.id }, data: { status: "deleting" } });
    await workUntilRest(id, findAction);
    expect((await itemsOf(id)).items[0]).toMatchObject({ status: "skipped" });
    expect(await contents(target)).toEqual(before);
    await expect(
      plan(await person(), "import-data", { tenants: tenants(), input: { run: exported } }),
    ).rejects.toMatchObject({ reason: "nothing_to_do" });
  });
});

test("an upload is bounded, is named by what it holds, and goes after a day", async () => {
  const { keptUpload, removeOldUploads } = await import("../upload-file");
  const text = gzipSync("INSERT INTO kinds VALUES (1);");
  const sha256 = createHash("sha256").update(text).digest("hex");
  expect(await uploaded(text)).toBe(sha256);
  const now = new Date();
  expect(await keptUpload(sha256, null, now)).toBeDefined();
  expect(await keptUpload("../../etc/passwd", null, now)).toBeUndefined();
  await removeOldUploads(new Date(now.getTime() + 86_399_000));
  expect(await keptUpload(sha256, null, now)).toBeDefined();
  await removeOldUploads(new Date(now.getTime() + 86_401_000));
  expect(await keptUpload(sha256, null, now)).toBeUndefined();
  await expect(receive(Readable.from([]), null)).rejects.toMatchObject({ code: "invalid" });
  const most = env().IMPORT_MAX_MB;
  env().IMPORT_MAX_MB = 1;
  const large = Readable.from([Buffer.alloc(1_000_000), Buffer.alloc(1_000_000)]);
  await expect(receive(large, null)).rejects.toMatchObject({ code: "too_large" });
  env().IMPORT_MAX_MB = most;
  writeFileSync(join(exports, "uploads", "notes.txt"), "mine");
  await removeOldUploads(new Date(now.getTime() + 9e9));
  expect(readFileSync(join(exports, "uploads", "notes.txt"), "utf8")).toBe("mine");
});
