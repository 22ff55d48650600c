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

describe("forms of values", () => {
  const read = async (values: string) => {
    const dump = `CREATE TABLE tenants (id int, data json); INSERT INTO tenants VALUES (${values});`;
    return (await rowsOf(dump)).map((row) => ({ ...row.values, damaged: row.damaged }));
  };

  test.each([
    ["1, 0x7B7D", { id: "1", data: "{}", damaged: [] }],
    ["-1.5e3, x'7b7d'", { id: "-1.5e3", data: "{}", damaged: [] }],
    ["TRUE, _binary '{}'", { id: "true", data: "{}", damaged: [] }],
    ["1, _utf8mb4'{}' /* why not */", { id: "1", data: "{}", damaged: [] }],
    ["1, N'{}'", { id: "1", data: "{}", damaged: [] }],
    ["1, '{' '}'", { id: "1", data: "{}", damaged: [] }],
    [`1, "it's \\"so\\" ""now"""`, { id: "1", data: `it's "so" "now"`, damaged: [] }],
    ["NOW(), CAST('{\"a\": (1, 2)}' AS JSON)", { id: null, data: null, damaged: ["id", "data"] }],
    ["1 + 1, JSON_OBJECT('a', 1)", { id: null, data: null, damaged: ["id", "data"] }],
    ["DEFAULT, NULL", { id: null, data: null, damaged: ["id"] }],
  ])("%s", async (values, row) => {
    expect(await read(values)).toEqual([row]);
  });

  test("PostgreSQL's casts and escaping texts", async () => {
    const dump = wholePostgres(
      "INSERT INTO public.tenants (id, data) VALUES (E'a\\tb\\u00e9\\x41\\101', '{\"a\": \"\\\\n\"}'::jsonb);",
    );
    expect((await rowsOf(dump))[0]?.values).toEqual({ id: "a\tbéAA", data: '{"a": "\\\\n"}' });
  });

  test("MySQL without backslash escapes, with names in double quotes, and in latin1", async () => {
    const dump = `/*!40101 SET NAMES latin1 */;
      /*!40101 SET SQL_MODE='ANSI_QUOTES,NO_BACKSLASH_ESCAPES' */;
      INSERT INTO "tenants" ("id", "name") VALUES ('a\\', 'Caf`;
    const bytes = Buffer.concat([Buffer.from(dump), Buffer.from([0xe9]), Buffer.from("');")]);
    expect((await rowsOf(bytes))[0]?.values).toEqual({ id: "a\\", name: "Café" });
  });

  test("what is no UTF-8 is told by its column, and the rest of the row is there", async () => {
    const bytes = Buffer.concat([
      Buffer.from("INSERT INTO tenants (id, name) VALUES ('a', '"),
      Buffer.from([0xff, 0xfe]),
      Buffer.from("'), ('b', 'B');"),
    ]);
    expect((await rowsOf(bytes)).map(({ values, damaged }) => [values.id, values.name, damaged])).toEqual([
      ["a", null, ["name"]],
      ["b", "B", []],
    ]);
  });
});

describe("what looks like rows and is none", () => {
  test.each([
    ["a text", "INSERT INTO notes VALUES ('x;\nINSERT INTO tenants (id) VALUES (''evil'');\n');"],
    ["a comment", "-- x; INSERT INTO tenants (id) VALUES ('evil');\n# INSERT INTO tenants (id) VALUES ('evil');\n"],
    ["a block comment", "/* ; INSERT INTO tenants (id) VALUES ('evil'); */"],
    ["MariaDB's first line", "/*M!999999\\- enable the sandbox mode */ \n"],
    [
      "a routine",
      "DELIMITER ;;\nCREATE PROCEDURE p()\nBEGIN\nINSERT INTO tenants (id) VALUES ('evil');\nEND ;;\nDELIMITER ;\n",
    ],
    [
      "a table of a longer name",
      "INSERT INTO `tenants_old` (`id`) VALUES ('evil');INSERT INTO `my``tenants` VALUES (1);",
    ],
    ["a conditional comment", "/*!50003 SET sql_mode = 'STRICT' */ ;/*!40000 ALTER TABLE `tenants` DISABLE KEYS */;"],
  ])("%s", async (_, noise) => {
    const dump = `${noise}\nINSERT INTO tenants (id) VALUES ('good');\n${noise}`;
    for (const size of [1, 7, 4096]) {
      expect((await rowsOf(dump, size)).map(({ values }) => values.id)).toEqual(["good"]);
    }
  });

  test("rows of several databases in one dump say whose they are", async () => {
    const dump = "USE `a`; INSERT INTO tenants (id) VALUES (1); INSERT INTO `b`.`tenants` (id) VALUES (2);";
    expect((await rowsOf(dump)).map(({ schema, values }) => [schema, values.id])).toEqual([
      ["a", "1"],
      ["b", "2"],
    ]);
  });
});

describe("a dump that is not whole", () => {
  const whole = wholeMysql(
    mysqlDump(
      "tenants",
      columns,
      [
        ["a", "x;'\\", "A"],
        ["b", null, "B"],
      ],
      1,
    ),
  );
  const copy = wholePostgres(
    copyDump("tenants", columns, [
      ["a", "x\n", "A"],
      ["b", null, "B"],
    ]),
  );

  test.each([
    ["mysqldump", whole],
    ["pg_dump", copy],
  ])("of %s is never taken for a whole one, wherever it was cut off", async (_, dump) => {
    // After the first line that says who wrote it, up to before the last that says that it is whole.
    const last = dump.lastIndexOf(dump.includes("Dump completed") ? "-- Dump completed" : "-- PostgreSQL");
    for (let end = dump.indexOf("\n\n") + 200; end < last; end += 3) {
      await expect(rowsOf(dump.slice(0, end))).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringMatching(/cut off.*\(at byte \d+ of the dump\)$/),
      });
    }
  });

  test.each([
    ["a text", "INSERT INTO tenants (id) VALUES ('a"],
    ["a row", "INSERT INTO tenants (id) VALUES ('a', "],
    ["rows", "INSERT INTO tenants (id) VALUES ('a')"],
    ["another table's text", "INSERT INTO notes VALUES ('a"],
    ["a comment", "/* a"],
    ["a definition", "CREATE TABLE tenants (id int"],
  ])("that has no such line is refused where it ends in %s", async (_, dump) => {
    await expect(rowsOf(dump)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(/cut off/) });
  });

  test.each([
    ["a row with a value less", "INSERT INTO tenants (id, name) VALUES ('a');", /1 values for 2 columns/],
    ["rows without columns' names", "INSERT INTO tenants VALUES ('a');", /without the names of their columns/],
    ["no VALUES", "INSERT INTO tenants (id) SELECT 1;", /no VALUES/],
    ["an unknown encoding", "SET NAMES sjis;", /encoding sjis/],
    ["an open row", "INSERT INTO tenants (id) VALUES ('a';", /A row ends/],
  ])("or right is refused in words: %s", async (_, dump, words) => {
    await expect(rowsOf(dump)).rejects.toMatchObject({ code: "invalid", message: expect.stringMatching(words) });
  });
});

test("a line of many megabytes is read, and a value of more than 16 MiB in a wanted table is refused", async () => {
  const long = "x".repeat(20 * 1024 * 1024);
  const dump = `INSERT INTO notes VALUES ('${long}'),('${long}');\nINSERT INTO tenants (id) VALUES ('a');`;
  expect((await rowsOf(dump, 1024 * 1024)).map(({ values }) => values.id)).toEqual(["a"]);
  await expect(rowsOf(`INSERT INTO tenants (id) VALUES ('${long}');`, 1024 * 1024)).rejects.toMatchObject({
    message: expect.stringMatching(/larger than 16 MiB/),
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
