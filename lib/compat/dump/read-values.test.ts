import { describe, expect, test } from "vitest";
import { rowsOf, wholePostgres } from "../testing-dumps";

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
