import { describe, expect, test } from "vitest";
import { copyDump, mysqlDump, rowsOf, wholeMysql, wholePostgres } from "../testing-dumps";

const columns = ["id", "data", "name"];

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
