import { expect, test } from "vitest";
import { endsTransactions, splitStatements } from "./statements";

test.each([
  ["SELECT 1; SELECT 2", ["SELECT 1", "SELECT 2"]],
  ["SELECT ';'; SELECT E'\\';'; SELECT \";\"", ["SELECT ';'", "SELECT E'\\';'", 'SELECT ";"']],
  ["SELECT 'it''s;'", ["SELECT 'it''s;'"]],
  ["-- a; b\nSELECT 1; /* c; /* d; */ e; */ ;; -- f", ["-- a; b\nSELECT 1"]],
  ["DO $$ BEGIN; END $$; SELECT $a$;$$;$a$", ["DO $$ BEGIN; END $$", "SELECT $a$;$$;$a$"]],
  [
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
    ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END", "SELECT 3"],
  ],
  ["  \n-- nothing\n", []],
])("%j is taken apart", (sql, statements) => {
  expect(splitStatements(sql)).toEqual(statements);
});

test.each([
  ["BEGIN; SELECT 1; COMMIT", true],
  ["/* so */ start transaction", true],
  ["SELECT 1; ROLLBACK", true],
  ["END", true],
  ["SAVEPOINT s; ROLLBACK TO SAVEPOINT s; RELEASE s", false],
  ["DO $$ BEGIN COMMIT; END $$", false],
  ["-- COMMIT;\nSELECT 'COMMIT;'", false],
  ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END", false],
])("%j: does it begin or end a transaction? %s", (sql, does) => {
  expect(endsTransactions(sql)).toBe(does);
});
