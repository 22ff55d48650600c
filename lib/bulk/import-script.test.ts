import { describe, expect, test } from "vitest";
import { readScript } from "./import-script";
import { StatementReader } from "./import-statements";

/** The parts of a script that comes in chunks of so many bytes. */
async function parts(script: string | Buffer, size = 7) {
  const bytes = Buffer.from(script);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: [number, string, string?][] = [];
  for await (const part of readScript(chunks())) {
    if (part.kind === "statement") found.push([part.line, part.text]);
    else {
      const rows: Buffer[] = [];
      for await (const chunk of part.rows) rows.push(chunk);
      found.push([part.line, part.text, Buffer.concat(rows).toString()]);
    }
  }
  return found;
}

const copied = 'COPY "a" ("b") FROM stdin';

describe("a script is read as", () => {
  test.each([1, 2, 3, 5, 64, 4096])("statements and rows with their lines, in chunks of %d bytes", async (size) => {
    const script = `-- a comment; of one line\n\\set ON_ERROR_STOP on\nBEGIN;\n\n${copied};\none\n\\\\.\n\\.x\n\ntwo\n\\.\nSELECT 1;COMMIT;\n`;
    expect(await parts(script, size)).toEqual([
      [3, "BEGIN"],
      [5, copied, "one\n\\\\.\n\\.x\n\ntwo\n"],
      [12, "SELECT 1"],
      [12, "COMMIT"],
    ]);
  });

  test.each([1, 4, 100])("no rows at all, and rows that begin with what nearly ends them (%d)", async (size) => {
    expect(await parts(`${copied};\n\\.\n${copied};\n\\.\\.\n\\.\n`, size)).toEqual([
      [1, copied, ""],
      [3, copied, "\\.\\.\n"],
    ]);
  });

  test.each([
    ["quotes", `INSERT INTO t VALUES ('a;''b', "x;""y")`],
    ["lines within a text", `INSERT INTO t VALUES ('a\n;\n-- b')`],
    ["backslashes that end nothing", `INSERT INTO t VALUES ('a\\', 'b;')`],
    ["escapes", `INSERT INTO t VALUES (E'a\\';b\\\\', 'c')`],
    ["dollar quotes", `INSERT INTO t VALUES ($x$a;$y$;'$x$, $$;$$)`],
    ["text beyond ASCII", `INSERT INTO "t€" VALUES ('😀;é')`],
    ["a name that ends like the mark of an escape", `INSERT INTO éE'a\\' , b`],
  ])("one statement with %s", async (_, text) => {
    expect(await parts(`${text};`)).toEqual([[1, text]]);
  });

  test.each([1, 3, 5, 4096])(
    "rows whose lines end as on Windows, and an end without its newline (%d)",
    async (size) => {
      expect(await parts(`${copied};\r\none\r\n\\.\r\nSELECT 1;\r\n${copied};\ntwo\n\\.`, size)).toEqual([
        [1, copied, "one\r\n"],
        [4, "SELECT 1"],
        [5, copied, "two\n"],
      ]);
    },
  );

  test("a mark of the order of bytes at its begin, and as a character anywhere else", async () => {
    expect(await parts("\ufeffSELECT 1;\nINSERT INTO t VALUES ('a\n\ufeffb');")).toEqual([
      [1, "SELECT 1"],
      [2, "INSERT INTO t VALUES ('a\n\ufeffb')"],
    ]);
  });

  test("a statement after more empty lines and longer comments than a statement may be", () => {
    const reader = new StatementReader(20);
    const lines = [...Array(50).fill(""), "/* a", ...Array(50).fill("comment"), "*/ SELECT", "1;"];
    const found = lines.flatMap((line, at) => [...reader.feed(line, at + 1)]);
    expect(found).toEqual([{ text: "SELECT\n1", line: 102 }]);
  });

  test("a comment up to the carriage return that ends its line", async () => {
    expect(await parts("-- a\rSELECT 1; -- b\r\nSELECT 2;")).toEqual([
      [1, "SELECT 1"],
      [2, "SELECT 2"],
    ]);
  });

  test("statements without their comments, also those within comments", async () => {
    expect(await parts("/* a /* b; */ c; */ SELECT /* ; */ 1 -- ;\n;")).toEqual([[1, "SELECT   1"]]);
  });
});

describe("a script is refused, by line and without its text,", () => {
  test.each([
    ["that ends within rows", `${copied};\nsecret\n`, "Line 1 of the file: the file ends within the rows"],
    ["that ends within a statement", "SELECT 1;\nSELECT 'secret", "Line 2 of the file: the file ends within"],
    [
      "with a command of psql after a blank",
      " \\echo secret\n",
      "Line 1 of the file: only psql can follow this command",
    ],
    ["with a NUL", "SELECT 1;\nSELECT 'secret\0';", "Line 2 of the file: it holds a NUL"],
    [
      "with rows that end as nothing ends",
      `${copied};\nsecret\r\\.\rsecret\r\\.\n\\.\n`,
      "Line 1 of the file: the rows",
    ],
    ["with a command of psql", "\\! rm secret\n", "Line 1 of the file: only psql can follow this command"],
    ["with rows on the line of their statement", `${copied}; SELECT 1;\n`, "Line 1 of the file: rows begin on a line"],
    ["that is no UTF-8", Buffer.from([65, 10, 0xff, 0xfe, 10]), "Line 2 of the file: this is not UTF-8"],
    ["with a line that never ends", Buffer.alloc(17 * 1024 * 1024, 65), "Line 1 of the file: it is longer than 16 MiB"],
    ["with a statement that never ends", `${"SELECT 1\n".repeat(2_000_000)}`, "statement is longer than 16 MiB"],
  ])("%s", async (_, script, words) => {
    const error = await parts(script, 65_536).catch((reason: Error) => reason);
    expect(error).toMatchObject({ code: "conflict", message: expect.stringContaining(words) });
    expect(String(error)).not.toContain("secret");
  });
});
