import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { copyDump, mysqlDump, mysqlText, postgresText, rowsOf, wholeMysql, wholePostgres } from "../testing-dumps";

const columns = ["id", "data", "name"];
const valuesOf = async (dump: string | Buffer, size?: number) =>
  (await rowsOf(dump, size)).map(({ values }) => columns.map((column) => values[column]));

/** Texts with what dumps escape, and with what looks like a dump. */
const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '"',
      "\\",
      "\n",
      "\r",
      "\t",
      "\x1a",
      ";",
      ",",
      "(",
      ")",
      "%",
      "_",
      "N",
      "`",
      "$",
      "-",
      "/",
      "*",
      "é",
      "漢",
    ),
  }),
  fc.constantFrom("\\N", "\\.", "'); INSERT INTO `tenants` VALUES ('x", "*/", "/*!", "--", "$_$", "NULL", "", "0x41"),
);
const table = fc.array(fc.tuple(fc.uuid(), fc.option(nasty), fc.option(nasty)), { maxLength: 8 });
const sizes = fc.integer({ min: 1, max: 200 });

describe("what was written is what is read, however it is cut into chunks", () => {
  test("by mysqldump", async () => {
    await fc.assert(
      fc.asyncProperty(table, sizes, async (rows, size) => {
        expect(await valuesOf(wholeMysql(mysqlDump("tenants", columns, rows)), size)).toEqual(rows);
      }),
      { numRuns: 150 },
    );
  });

  test("by phpMyAdmin, with the columns' names in another order", async () => {
    await fc.assert(
      fc.asyncProperty(table, sizes, async (rows, size) => {
        const tuples = rows.map(([id, data, name]) => `(${[name, id, data].map(mysqlText).join(", ")})`);
        const dump = `-- phpMyAdmin SQL Dump\nSET SQL_MODE = "NO_AUTO_VALUE_ON_ZERO";\nUSE \`central\`;\n
          ${rows.length > 0 ? `INSERT IGNORE INTO \`tenants\` (\`name\`, \`id\`, \`data\`) VALUES\n${tuples.join(",\n")};` : ""}\nCOMMIT;`;
        expect(await valuesOf(dump, size)).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  // PostgreSQL's texts hold no NUL.
  const stored = table.map((rows) => rows.map((row) => row.map((one) => one?.replaceAll("\0", "") ?? null)));

  test("by pg_dump, with COPY", async () => {
    await fc.assert(
      fc.asyncProperty(stored, sizes, async (rows, size) => {
        expect(await valuesOf(wholePostgres(copyDump("tenants", columns, rows)), size)).toEqual(rows);
      }),
      { numRuns: 150 },
    );
  });

  test("by pg_dump --inserts", async () => {
    await fc.assert(
      fc.asyncProperty(stored, sizes, async (rows, size) => {
        const lines = rows.map(
          (row) => `INSERT INTO public.tenants (id, data, name) VALUES (${row.map(postgresText).join(", ")});`,
        );
        expect(await valuesOf(wholePostgres(lines.join("\n")), size)).toEqual(rows);
      }),
      { numRuns: 100 },
    );
  });

  test("and nothing of other tables, whatever is in them", async () => {
    await fc.assert(
      fc.asyncProperty(table, sizes, async (rows, size) => {
        const others = `${mysqlDump("old_tenants", columns, rows, 1)}${mysqlDump("tenants_log", columns, rows)}`;
        const wanted = mysqlDump("tenants", columns, [["one", null, "One"]]);
        expect(await valuesOf(wholeMysql(others + wanted + others), size)).toEqual([["one", null, "One"]]);
        const postgres = copyDump("old_tenants", columns, rows);
        const text = rows.map((row) => row.map((one) => one?.replaceAll("\0", "") ?? null));
        const clean = wholePostgres(
          `${copyDump("log", columns, text)}${copyDump("tenants", columns, [["one", null, "One"]])}`,
        );
        expect(await valuesOf(clean, size)).toEqual([["one", null, "One"]]);
        expect(postgres).toContain("COPY");
      }),
      { numRuns: 60 },
    );
  });
});

test("any bytes at all are read or refused in words", async () => {
  const pieces = fc.constantFrom(
    "INSERT INTO tenants ",
    "(id) VALUES ",
    "('a'",
    ")",
    ";",
    "'",
    "\\",
    "/*",
    "*/",
    "--",
    "\n",
    "COPY tenants (id) FROM stdin;\n",
    "\\.\n",
    "$a$",
    "`",
    "CREATE TABLE tenants (",
    "SET NAMES utf8;",
    "-- PostgreSQL database dump\n",
    "DELIMITER //\n",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 20 }), sizes, async (parts, size) => {
      await rowsOf(parts.join(""), size).catch((error: unknown) => expect(error).toMatchObject({ code: "invalid" }));
    }),
    { numRuns: 500 },
  );
});
