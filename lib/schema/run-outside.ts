import type pg from "pg";
import { failure } from "./failure";
import type { Limits } from "./record";
import { splitStatements } from "./statements";

/** Runs a script that can't be in a transaction, statement by statement: in one message they would be in one. */
export async function runOutside(client: pg.Client, what: string, sql: string, limits: Limits): Promise<void> {
  await client.query(
    `SET lock_timeout = ${limits.lockTimeoutMs}; SET statement_timeout = ${limits.statementTimeoutMs}`,
  );
  for (const statement of splitStatements(sql)) {
    await client.query(statement).catch((cause: unknown) => {
      throw failure(what, statement, 0, cause);
    });
  }
}
