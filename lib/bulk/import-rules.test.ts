import { describe, expect, test } from "vitest";
import { stepOf } from "./import-rules";

describe("only data is taken:", () => {
  test.each([
    ["BEGIN", "begin"],
    ["start transaction", "begin"],
    ["COMMIT", "commit"],
    ["END WORK", "commit"],
    ["SET CONSTRAINTS ALL DEFERRED", "defer"],
    ["SET LOCAL client_encoding = 'UTF8'", "skip"],
    ["SET statement_timeout = 0", "skip"],
    ["SET DateStyle = ISO, MDY", "skip"],
    ["SELECT pg_catalog.set_config('search_path', '', false)", "skip"],
    ["SET SESSION statement_timeout = 0", "skip"],
    ["SET SESSION AUTHORIZATION DEFAULT", "skip"],
    ["ALTER TABLE ONLY public.t DISABLE TRIGGER ALL", "skip"],
    ['COPY "a ""b"" c"."d" ("e", f) FROM stdin', "copy"],
    ["COPY public.t (a) FROM stdin WITH (FORMAT text)", "copy"],
    ["COPY public.nothing  FROM stdin", "copy"],
    ["INSERT INTO t VALUES (1)", "insert"],
    ["INSERT INTO public.t DEFAULT VALUES", "insert"],
    ["INSERT INTO public.t (a, b) OVERRIDING SYSTEM VALUE VALUES (1, DEFAULT) ON CONFLICT DO NOTHING", "insert"],
    ["INSERT INTO t VALUES (-1.5e-3, NULL, true, 'it''s', E'a\\'b', B'101', x'1F', 'NaN', $$a;b$$, .5)", "insert"],
    ["INSERT INTO t VALUES ('1'::numeric(10,2), '{}'::text[], 'x'::public.\"Mood\", date '2026-01-01')", "insert"],
    ["INSERT INTO t VALUES ('a'::character varying(20), timestamp with time zone '2026-01-01 00:00Z')", "insert"],
    ["INSERT INTO t VALUES (ARRAY[1, 2], ARRAY[ARRAY['a'], ARRAY[]]::text[]), (NULL, NULL)", "insert"],
    ["INSERT\n\tINTO/* a /* b */ */t-- c\n(a)VALUES(1)", "insert"],
    ["SELECT pg_catalog.setval('\"a\".\"b''s\"', -5, true)", "setval"],
    ["SELECT setval('s'::regclass, 5)", "setval"],
  ])("%s", (text, wanted) => expect(stepOf(text).do).toBe(wanted));

  test.each([
    "ALTER ROLE CURRENT_USER PASSWORD 'mine'",
    "ALTER TABLE t DISABLE TRIGGER ALL, OWNER TO postgres",
    "DROP TABLE t",
    "CREATE TABLE t ()",
    "DO $$ BEGIN END $$",
    "SELECT pg_sleep(9)",
    "SELECT setval('s', 1), pg_sleep(9)",
    "SELECT setval('s', (SELECT 1))",
    "SELECT mine.setval('s', 1)",
    "COPY t TO stdout",
    "COPY t FROM '/etc/passwd'",
    "COPY t FROM PROGRAM 'id'",
    "COPY t FROM stdin; DROP TABLE t",
    "COPY t FROM stdin WHERE pg_sleep(9) IS NULL",
    'COPY t FROM "stdin"',
    "COPY d.s.t FROM stdin",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION postgres",
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
    "INSERT INTO t SELECT pg_sleep(9)",
    "INSERT INTO t (SELECT pg_sleep(9))",
    "INSERT INTO t TABLE u",
    "INSERT INTO t VALUES (pg_sleep(9))",
    "INSERT INTO t VALUES ((SELECT 1))",
    "INSERT INTO t VALUES (1 + 1)",
    "INSERT INTO t VALUES (- -1)",
    "INSERT INTO t VALUES (current_user)",
    "INSERT INTO t VALUES (CAST('1' AS int))",
    "INSERT INTO t VALUES (ARRAY[pg_sleep(9)])",
    "INSERT INTO t VALUES (1) RETURNING pg_sleep(9)",
    "INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = pg_sleep(9)",
    "INSERT INTO t AS x VALUES (1)",
    "INSERT INTO t VALUES ($1)",
    "INSERT INTO t VALUES ('a",
    "INSERT INTO t VALUES (1) /* x",
    'INSERT INTO U&"\\005fprisma_migrations" VALUES (1)',
    "",
  ])("not %s", (text) => expect(stepOf(text).do).toBe("refuse"));

  test("what is refused is told by its own line, with what to do", () => {
    const refused = stepOf("INSERT INTO t (a) VALUES\n(1),\n\n(now())");
    expect(refused).toMatchObject({ below: 3, words: expect.stringMatching(/literal values only.*export-data/) });
    expect(stepOf("DROP TABLE t")).toMatchObject({ below: 0, words: expect.stringMatching(/pg_dump --data-only/) });
  });
});

describe("Prisma's own record is passed over, however it is spelled:", () => {
  test.each([
    "_prisma_migrations",
    "public._prisma_migrations",
    '"public"."_prisma_migrations"',
    "public . _prisma_migrations",
    '"public" ."_prisma_migrations"',
    "PUBLIC\n.\t_Prisma_Migrations",
    'public/* a /* . */ " */."_prisma_migrations"',
    'public -- x\n. -- "y"\r_prisma_migrations',
  ])("%s", (spelled) => {
    expect(stepOf(`INSERT INTO ${spelled} VALUES (1)`)).toEqual({ do: "skip" });
    expect(stepOf(`INSERT INTO ${spelled}(id) VALUES (1)`)).toEqual({ do: "skip" });
    expect(stepOf(`COPY ${spelled} ("id") FROM stdin`)).toMatchObject({ do: "copy", skipped: true });
  });

  test.each([
    '"Public"._prisma_migrations',
    "other._prisma_migrations",
    '"_Prisma_migrations"',
    '"public._prisma_migrations"',
  ])("another table is another one: %s", (spelled) => {
    expect(stepOf(`INSERT INTO ${spelled} VALUES (1)`)).toEqual({ do: "insert" });
    expect(stepOf(`COPY ${spelled} (id) FROM stdin`)).toMatchObject({ skipped: false });
  });

  test("what is copied is sent as it was understood", () => {
    expect(stepOf('copy Public /* x */ . "Odd ""t" ( A , "B" ) from STDIN')).toMatchObject({
      sql: 'COPY "public"."Odd ""t" ("a", "B") FROM STDIN',
    });
  });
});
