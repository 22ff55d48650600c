import { expect, test } from "vitest";
import { controlOf, isPlain, statementsOf } from "./statements";

test.each([
  ["SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2"]],
  ["SELECT 'a;b''c;', \"d;e\"", ["SELECT 'a;b''c;', \"d;e\""]],
  ["SELECT E'a\\';b'; COMMIT", ["SELECT E'a\\';b'", "COMMIT"]],
  ["/* ; /* nested ; */ ; */ COMMIT -- ;\n;", ["COMMIT"]],
  ["SELECT $$a;b$$, $x$;$$;$x$; END", ["SELECT $$a;b$$, $x$;$$;$x$", "END"]],
  ["SELECT $1::int; COMMIT", ["SELECT $1::int", "COMMIT"]],
  [
    "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;",
    ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END"],
  ],
  [
    "CREATE FUNCTION f(n int) RETURNS int BEGIN ATOMIC SELECT CASE n WHEN 1 THEN 2 END; END; COMMIT",
    ["CREATE FUNCTION f(n int) RETURNS int BEGIN ATOMIC SELECT CASE n WHEN 1 THEN 2 END; END", "COMMIT"],
  ],
  ["/* BEGIN ATOMIC */ COMMIT; SET a = 1", ["COMMIT", "SET a = 1"]],
  ["SELECT 'BEGIN ATOMIC'; COMMIT", ["SELECT 'BEGIN ATOMIC'", "COMMIT"]],
  ["BEGIN ATOMIC; COMMIT", ["BEGIN ATOMIC", "COMMIT"]],
  ["SELECT 1 AS a$$; COMMIT; SELECT 1 AS b$$", ["SELECT 1 AS a$$", "COMMIT", "SELECT 1 AS b$$"]],
  ["SELECT 1 -- a\r; COMMIT", ["SELECT 1", "COMMIT"]],
  ["SELECT E'a'\n'\\' /*' ; COMMIT; --*/", ["SELECT E'a'\n'\\' /*'", "COMMIT"]],
  ["SELECT \u00e9E'\\'; COMMIT", ["SELECT \u00e9E'\\'", "COMMIT"]],
  [" ; ; ", []],
])("the statements of %s", (text, statements) => {
  expect(statementsOf(text)).toEqual(statements);
});

test.each([
  ["begin", "begin"],
  ["START  TRANSACTION ISOLATION LEVEL SERIALIZABLE", "begin"],
  ["Commit", "end"],
  ["END", "end"],
  ["ABORT", "end"],
  ["ROLLBACK", "end"],
  ["PREPARE TRANSACTION 'x'", "end"],
  ["ROLLBACK TO SAVEPOINT s", undefined],
  ["ROLLBACK TRANSACTION TO s", undefined],
  ["SAVEPOINT s", undefined],
  ["RELEASE SAVEPOINT s", undefined],
  ["PREPARE told AS SELECT 1", undefined],
  ["SELECT 'COMMIT'", undefined],
])("%s is: %s", (statement, control) => {
  expect(controlOf(statement)).toBe(control);
});

test("an end that is more than an end is told from others", () => {
  expect(["COMMIT AND CHAIN", "PREPARE TRANSACTION 'x'", "COMMIT PREPARED 'x'"].some(isPlain)).toBe(false);
  expect(["COMMIT", "END WORK", "ROLLBACK"].every(isPlain)).toBe(true);
});
