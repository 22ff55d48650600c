import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { settleClient } from "./connection";
import type { Asked, Loan } from "./loan";
import { forgetSession } from "./pg-session";
import { controlOf, isPlain, statementsOf } from "./statements";

// What a failed COMMIT does not undo: so it goes while the transaction, and with it the server's connection, is still ours.
// Deferred checks come first, since they fail most often.
const before = [
  "SET CONSTRAINTS ALL IMMEDIATE",
  "DEALLOCATE ALL",
  "SELECT pg_advisory_unlock_all()",
  "DISCARD SEQUENCES",
].join("; ");

// In the order of PostgreSQL's own DISCARD ALL, which itself may not stand in a text of several statements. In a
// transaction: should one of them fail, the pooler can't lend the connection on.
const clean = [
  "BEGIN ISOLATION LEVEL READ COMMITTED",
  "CLOSE ALL",
  "RESET SESSION AUTHORIZATION",
  "RESET ROLE",
  "RESET ALL",
  "DEALLOCATE ALL",
  "UNLISTEN *",
  "SELECT pg_advisory_unlock_all()",
  "DISCARD PLANS",
  "DISCARD TEMP",
  "DISCARD SEQUENCES",
  "COMMIT",
].join("; ");

/**
 * A loan before a pooler that lends the server's connections by the transaction: everything runs in transactions, one
 * for the loan or those that the work begins itself, and each is ended and cleaned up by one text. The pooler can't take
 * the connection away within that text, so that its next user finds it clean whatever the pooler's settings are.
 */
export class TransactionLoan implements Loan {
  readonly #client: pg.Client;
  readonly #statementMs: number;
  /** Whether each statement outside a transaction of the work's own is one, as without a pooler; or the whole loan. */
  readonly #each: boolean;
  /** Each statement waits for the one before. */
  #before: Promise<unknown> = Promise.resolve();
  #open = false;
  /** The work began the transaction itself: what it does not commit is undone. */
  #own = false;
  /** A cursor uses the transaction, nobody knows for how long: until the end of the loan. */
  #held = false;
  #spoilt = false;

  constructor(client: pg.Client, statementMs: number, each: boolean) {
    this.#client = client;
    this.#each = each;
    this.#statementMs = Math.round(statementMs);
  }

  run(asked: Asked, values?: unknown[]): Promise<pg.QueryResult> {
    return this.#inTurn(() => this.#run(asked, values));
  }

  submit(query: pg.Submittable): void {
    const submitted = this.#inTurn(async () => {
      const { text } = query as { text?: unknown };
      const statements = statementsOf(typeof text === "string" ? text : "");
      const control = statements.find((statement) => controlOf(statement) !== undefined);
      if (control) throw refused(control);
      await this.#begin("BEGIN");
      this.#held = true;
      this.#client.query(query);
    });
    submitted.catch((error: unknown) => {
      if ("handleError" in query && typeof query.handleError === "function") query.handleError(error);
    });
  }

  finish(keep: boolean): Promise<void> {
    return this.#inTurn(async () => {
      if (!(await settleClient(this.#client))) this.#spoilt = true;
      if (!this.#open || this.#spoilt) return;
      const failed = this.#client.getTransactionStatus() === "E";
      await this.#end(keep && !this.#own);
      if (keep && failed && !this.#own) throw undone();
    });
  }

  spoilt(): boolean {
    return this.#spoilt;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#before.then(work);
    this.#before = turn.catch(() => undefined);
    return turn;
  }

  async #run(asked: Asked, values?: unknown[]): Promise<pg.QueryResult> {
    const text = typeof asked === "string" ? asked : asked.text;
    const statements = statementsOf(text ?? "");
    const [first] = statements;
    const controls = statements.filter((statement) => controlOf(statement) !== undefined);
    if (first === undefined || controls.length === 0) {
      // Without a text or with values, pg and PostgreSQL see to it that it is one statement.
      return await this.#runInside(asked, statements.length > 1 && !values?.length ? statements : [text], values);
    }
    if (statements.length > 1 || !isPlain(first)) throw refused(first);
    if (controlOf(first) === "end")
      return this.#open ? await this.#end(/^[CE]/i.test(first)) : await this.#client.query(first);
    // What ran before without a transaction of its own stays, as it does without a pooler.
    if (this.#open && !this.#own && this.#client.getTransactionStatus() === "T") await this.#end(true);
    const begun = await this.#begin(first);
    this.#own = true;
    return begun;
  }

  /**
   * Each statement goes by the extended protocol, in which PostgreSQL refuses a text that holds several: nothing can
   * hide a COMMIT from us, however it is written.
   */
  async #runInside(asked: Asked, texts: (string | undefined)[], values?: unknown[]): Promise<pg.QueryResult> {
    await this.#begin("BEGIN");
    const alone = this.#each && !this.#own && !this.#held;
    const given = typeof asked === "string" ? {} : asked;
    const results: pg.QueryResult[] = [];
    try {
      for (const text of texts) {
        const config = { ...given, text, queryMode: "extended" } as pg.QueryConfig;
        results.push(await this.#client.query(config, values));
      }
      this.#checkStillOpen();
      if (alone) await this.#end(true);
      // As pg does it: a list for a text of several statements, whatever the types say.
      return results.length > 1 ? (results as unknown as pg.QueryResult) : (results[0] ?? emptyResult(""));
    } catch (error) {
      if (alone && this.#open) await this.#end(false);
      throw error;
    }
  }

  async #begin(text: string): Promise<pg.QueryResult> {
    if (this.#open) return emptyResult("BEGIN");
    const limit = `SET LOCAL statement_timeout = ${this.#statementMs}`;
    const [begun] = all(await this.#client.query(`${text}; ${limit}`));
    this.#open = true;
    return begun ?? emptyResult("BEGIN");
  }

  /** Ends the transaction and cleans up, in one text. What fails before its end leaves the connection ours, to be undone. */
  async #end(keep: boolean): Promise<pg.QueryResult> {
    try {
      // COMMIT of a failed transaction is a ROLLBACK, and says so.
      if (!keep || this.#client.getTransactionStatus() === "E") return await this.#undo();
      const results = all(await this.#client.query(`${before}; COMMIT; ${clean}`));
      return results.find(({ command }) => command === "COMMIT") ?? emptyResult("COMMIT");
    } catch (error) {
      if (this.#client.getTransactionStatus() !== "I") await this.#undo().catch(() => undefined);
      throw error;
    } finally {
      this.#open = this.#own = this.#held = false;
      forgetSession(this.#client);
    }
  }

  /** When even this fails, the transaction is open still: the pooler closes what such a client leaves behind. */
  async #undo(): Promise<pg.QueryResult> {
    try {
      const [undone] = all(await this.#client.query(`ROLLBACK; ${clean}`));
      return undone ?? emptyResult("ROLLBACK");
    } catch (error) {
      this.#spoilt = true;
      throw error;
    }
  }

  /** A statement that ended the transaction in a way that could not be foreseen took the connection out of our hands. */
  #checkStillOpen(): void {
    if (this.#client.getTransactionStatus() !== "I") return;
    this.#open = false;
    this.#spoilt = true;
    throw refused("it");
  }
}

function all(result: pg.QueryResult | pg.QueryResult[]): pg.QueryResult[] {
  return Array.isArray(result) ? result : [result];
}

function emptyResult(command: string): pg.QueryResult {
  return { command, rowCount: null, oid: 0, fields: [], rows: [] };
}

function undone(): AppError {
  const words = "A statement failed, and with it everything else that was done on this connection:";
  return new AppError("internal", `${words} it was one transaction. Use SAVEPOINT around what may fail.`, {
    reason: "transaction_pooling",
  });
}

function refused(statement: string): AppError {
  const words = "must be a statement of its own here: before this tenant's database stands a pooler that lends";
  return new AppError("invalid", `${statement.split(/\s/)[0]} … ${words} connections by the transaction.`, {
    reason: "transaction_pooling",
  });
}
