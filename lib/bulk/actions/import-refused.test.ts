import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import type { TestTenant } from "@/lib/platform/testing";
import { ImportHouse } from "./testing-imports";

let house: ImportHouse;
let target: TestTenant;

beforeAll(async () => {
  house = await ImportHouse.open();
  await house.source();
}, 60_000);
afterAll(() => house.close());
beforeEach(async () => {
  target = await house.target();
});

describe("nothing is imported", () => {
  test("into tables that have rows, unless they are replaced", async () => {
    await house.as(target, (client) => client.query("INSERT INTO kinds VALUES (7)"));
    await house.refused(
      target,
      house.script(),
      /^The table "public"."kinds" has rows already\. Import into an empty database, or with "replace"\.$/,
    );
  });

  test("of a file whose end is missing, packed or not", async () => {
    const text = house.script();
    await house.refused(target, text.slice(0, text.lastIndexOf("COMMIT;")), /has no COMMIT: the end is missing/);
    await house.refused(
      target,
      text.slice(0, text.indexOf("quotes") + 3),
      /the file ends within the rows that begin here/,
    );
    const packed = readFileSync(house.file());
    await house.refused(target, packed.subarray(0, packed.length - 20), /can't be unpacked/);
  });

  test("when sequences were moved and what comes after fails: they stand where they stood", async () => {
    const text = house.script().replace("\nCOMMIT;", "\nSELECT pg_catalog.setval('gone', 1, true);\nCOMMIT;");
    await house.refused(target, text, /^Line \d+ of the file: there is no sequence of this name/);
  });

  test("as anybody but the tenant's own role: what it may not do, the file may not", async () => {
    await house.control.sql("CREATE TABLE ours (secret text)", [], target.database);
    await house.control.sql("GRANT SELECT ON ours TO PUBLIC", [], target.database);
    await house.refused(
      target,
      "COPY ours FROM stdin;\nx\n\\.\n",
      /^Line 1 of the file: permission denied for table ours/,
    );
    await house.refused(
      target,
      "INSERT INTO ours VALUES ('x');",
      /^Line 1 of the file: permission denied for table ours/,
    );
    await house.refused(
      target,
      "INSERT INTO kinds SELECT 1 FROM pg_read_file('/etc/passwd');",
      /^Line 1 of the file: an INSERT may hold literal values only/,
    );
  });

  test("that ends its transaction, or does more than put data in", async () => {
    const only = /^Line 2 of the file: only data is imported/;
    await house.refused(target, "INSERT INTO kinds VALUES (5);\nROLLBACK;", only);
    await house.refused(target, "INSERT INTO kinds VALUES (5);\nALTER ROLE CURRENT_USER PASSWORD 'mine';", only);
    await house.refused(
      target,
      "BEGIN; COMMIT; INSERT INTO kinds VALUES (5);",
      /^Line 1 of the file: something follows the COMMIT/,
    );
    await house.refused(target, "BEGIN; INSERT INTO kinds VALUES (5); BEGIN;", /a second transaction begins/);
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
      "INSERT INTO kinds VALUES (77777), ('secret', 1);",
      "Line 1 of the file: this is not SQL that PostgreSQL can read (42601)",
    ],
    [
      "that are computed",
      "INSERT INTO kinds VALUES\n(1, 'secret' || 77777);",
      "Line 2 of the file: an INSERT may hold literal values only, no query, function or operator. Write out what it computes, or make the file with export-data or pg_dump --data-only",
    ],
  ])("of rows %s, and the error quotes nothing of them", async (_, text, words) => {
    const error = await house.refused(target, text, /^(Line|When)/);
    expect(error.message).toBe(`${words}. Nothing was imported.`);
    expect(error.message).not.toMatch(/secret|77777/);
  });

  test("from a file that is gone, or was never there", async () => {
    await expect(house.imports(target, { upload: "0".repeat(64) })).rejects.toThrow(/^The uploaded file is gone/);
    await expect(house.imports(target, { run: target.id })).rejects.toThrow(/^The file is gone/);
  });

  test("into an adopted database", async () => {
    await controlDb().tenant.update({ where: { id: target.id }, data: { adopted: true } });
    await expect(house.imports(target, { run: house.exported })).rejects.toThrow(/was adopted/);
  });
});
