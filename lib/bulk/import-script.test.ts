import { describe, expect, test } from "vitest";
import { stepOf } from "./import-rules";
import { readScript } from "./import-script";

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
  ])("one statement with %s", async (_, text) => {
    expect(await parts(`${text};`)).toEqual([[1, text]]);
  });

  test("statements without their comments, also those within comments", async () => {
    expect(await parts("/* a /* b; */ c; */ SELECT /* ; */ 1 -- ;\n;")).toEqual([[1, "SELECT   1"]]);
  });
});

describe("a script is refused, by line and without its text,", () => {
  test.each([
    ["that ends within rows", `${copied};\nsecret\n`, "Line 1 of the file: the file ends within the rows"],
    ["that ends within a statement", "SELECT 1;\nSELECT 'secret", "Line 2 of the file: the file ends within"],
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

describe("only data is taken:", () => {
  test.each([
    ["BEGIN", "begin"],
    ["start transaction", "begin"],
    ["COMMIT", "commit"],
    ["SET CONSTRAINTS ALL DEFERRED", "defer"],
    ["SET LOCAL client_encoding = 'UTF8'", "skip"],
    ["SET statement_timeout = 0", "skip"],
    ["SELECT pg_catalog.set_config('search_path', '', false)", "skip"],
    ['COPY "a ""b"" c"."d" ("e", f) FROM stdin', "copy"],
    ["COPY public.t (a) FROM stdin WITH (FORMAT text)", "copy"],
    ["INSERT INTO t VALUES (1)", "insert"],
    ["SELECT pg_catalog.setval('\"a\".\"b''s\"', -5, true)", "setval"],
    ["SELECT setval('s'::regclass, 5)", "setval"],
  ])("%s", (text, wanted) => expect(stepOf(text).do).toBe(wanted));

  test.each([
    "ALTER ROLE CURRENT_USER PASSWORD 'mine'",
    "DROP TABLE t",
    "CREATE TABLE t ()",
    "DO $$ BEGIN END $$",
    "SELECT pg_sleep(9)",
    "SELECT setval('s', 1), pg_sleep(9)",
    "SELECT setval('s', (SELECT 1))",
    "COPY t TO stdout",
    "COPY t FROM '/etc/passwd'",
    "COPY t FROM PROGRAM 'id'",
    "COPY t FROM stdin; DROP TABLE t",
    "COPY t FROM stdin WHERE pg_sleep(9) IS NULL",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION DEFAULT",
    "RESET ROLE",
    "SET client_encoding = 'LATIN1'",
    "SET standard_conforming_strings = off",
    "SET search_path = evil",
    "SET session_replication_role = replica",
    "ROLLBACK",
    "SAVEPOINT a",
    "PREPARE TRANSACTION 'x'",
    "LOCK TABLE t",
    "WITH x AS (DELETE FROM t RETURNING *) INSERT INTO u SELECT * FROM x",
    "",
  ])("not %s", (text) => expect(stepOf(text).do).toBe("refuse"));

  test("Prisma's own record is passed over", () => {
    expect(stepOf('COPY public._prisma_migrations ("id") FROM stdin')).toEqual({ do: "copy", skipped: true });
    expect(stepOf('COPY "public"."_prisma_migrations" ("id") FROM stdin')).toEqual({ do: "copy", skipped: true });
    expect(stepOf("INSERT INTO _prisma_migrations VALUES (1)")).toEqual({ do: "skip" });
  });
});
