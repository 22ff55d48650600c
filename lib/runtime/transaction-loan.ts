import type pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { settleClient } from "./connection";
import type { Asked, Loan } from "./loan";
import { forgetSession } from "./pg-session";
import { controlOf, isChained, statementsOf } from "./statements";

// In the order of PostgreSQL's own DISCARD ALL, which itself may not stand in a text of several statements.
const clean = [
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
  /** The server's process that ran the transaction: should it not become clean, it is ended. */
  #pid = 0;
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
      await this.#end(keep && !failed && !this.#own ? "COMMIT" : "ROLLBACK");
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
      return await this.#runInside(asked, values);
    }
    if (statements.length > 1 || isChained(first)) throw refused(first);
    if (controlOf(first) === "end") return this.#open ? await this.#end(first) : await this.#client.query(first);
    // What ran before without a transaction of its own stays, as it does without a pooler.
    if (this.#open && !this.#own && this.#client.getTransactionStatus() === "T") await this.#end("COMMIT");
    const begun = await this.#begin(first);
    this.#own = true;
    return begun;
  }

  async #runInside(asked: Asked, values?: unknown[]): Promise<pg.QueryResult> {
    await this.#begin("BEGIN");
    const alone = this.#each && !this.#own && !this.#held;
    try {
      const result = await this.#client.query(asked, values);
      await this.#checkStillOpen();
      if (alone) await this.#end("COMMIT");
      return result;
    } catch (error) {
      if (alone && this.#open) await this.#end("ROLLBACK");
      throw error;
    }
  }

  async #begin(text: string): Promise<pg.QueryResult> {
    if (this.#open) return emptyResult("BEGIN");
    const limit = `SET LOCAL statement_timeout = ${this.#statementMs}`;
    const [begun, , asked] = all(await this.#client.query(`${text}; ${limit}; SELECT pg_backend_pid() AS pid`));
    this.#pid = asked?.rows[0]?.pid ?? 0;
    this.#open = true;
    return begun ?? emptyResult("BEGIN");
  }

  /** Ends the transaction and cleans up; what fails on the way ends the server's process instead. */
  async #end(text: string): Promise<pg.QueryResult> {
    // COMMIT of a failed transaction is a ROLLBACK, and says so.
    try {
      const [ended] = all(await this.#client.query(`${text}; ${clean}`));
      return ended ?? emptyResult("COMMIT");
    } catch (error) {
      await this.#spoil();
      throw error;
    } finally {
      this.#open = this.#own = this.#held = false;
      forgetSession(this.#client);
    }
  }

  /** A statement that ended the transaction in a way that could not be foreseen took the connection out of our hands. */
  async #checkStillOpen(): Promise<void> {
    if (this.#client.getTransactionStatus() !== "I") return;
    this.#open = false;
    await this.#spoil();
    throw refused("it");
  }

  /** Nobody may find this session as it is now: the server's process goes, by the same role's right. */
  async #spoil(): Promise<void> {
    this.#spoilt = true;
    await this.#client.query("SELECT pg_terminate_backend($1)", [this.#pid]).catch(() => undefined);
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
