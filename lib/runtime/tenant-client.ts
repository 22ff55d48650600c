import { EventEmitter } from "node:events";
import pg from "pg";
import { currentTenant, tenantHere } from "./context";
import type { Asked, Loan } from "./loan";
import type { Slot } from "./tenant-pool";

/** A tenant's connection, for as long as the work it was lent to. */
export type TenantClient = {
  /** Runs SQL. Without parameters the text may hold several statements. */
  query: <Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string | pg.QueryConfig,
    parameters?: readonly unknown[],
  ) => Promise<pg.QueryResult<Row>>;
};

type Callback = (error: unknown, result?: pg.QueryResult) => void;

/** To whom a connection is lent: to code of a tenant's context, or (`bound`) also to code outside every context. */
export type Borrower = {
  tenantId: string;
  bound: boolean;
  /** Throws in place of a statement's error what the app is to be told of it. */
  explain?: (error: unknown) => Promise<never>;
};

/**
 * A lent connection, with the face of pg's own client. It answers only for its own tenant and only until it is given
 * back; listeners and type parsers that are set on it are gone with it.
 */
export class LentClient extends EventEmitter {
  readonly #loan: Loan;
  readonly #slot: Slot;
  readonly #borrower: Borrower;
  readonly #signal: AbortSignal | undefined;
  #lent = true;

  constructor(loan: Loan, slot: Slot, borrower: Borrower, signal?: AbortSignal) {
    super();
    this.#signal = signal;
    this.#loan = loan;
    this.#slot = slot;
    this.#borrower = borrower;
    slot.onEvent = (event, value) => {
      // Nobody has to listen: what breaks is told by the next statement.
      if (event !== "error" || this.listenerCount("error") > 0) this.emit(event, value);
    };
  }

  /** Runs a statement as pg's client does: text or config, values and a callback as wanted, or a cursor and the like. */
  readonly query = (asked: Asked | pg.Submittable, values?: unknown, callback?: Callback): unknown => {
    const given = asked as Asked & { submit?: unknown; callback?: Callback };
    if (typeof given?.submit === "function") return this.#submit(asked as pg.Submittable);
    const listed = typeof values === "function" ? undefined : (values as unknown[] | undefined);
    const told = callback ?? (typeof values === "function" ? (values as Callback) : given?.callback);
    const result = this.#run(given, listed);
    if (!told) return result;
    result.then(
      (rows) => process.nextTick(told, null, rows),
      (error: unknown) => process.nextTick(told, error),
    );
    return undefined;
  };

  async #run(asked: Asked, values?: unknown[]): Promise<pg.QueryResult> {
    this.#check();
    // A callback in the config is called by `query`; pg must not see it, or there would be no promise.
    const plain = typeof asked === "object" && "callback" in asked ? { ...asked, callback: undefined } : asked;
    const asking = values && values.length > 0 ? this.#loan.run(plain, [...values]) : this.#loan.run(plain);
    const { explain } = this.#borrower;
    return await (explain ? asking.catch(explain) : asking);
  }

  #submit(query: pg.Submittable): pg.Submittable {
    this.#check();
    this.#loan.submit(query);
    return query;
  }

  /** Throws unless the running code is whom the connection is lent to. */
  #check(): void {
    if (!this.#lent) throw new Error("This connection was given back; ask for one again with withClient.");
    const { tenantId, bound } = this.#borrower;
    const tenant = bound ? tenantHere() : currentTenant();
    if (tenant && tenant.id !== tenantId) throw new Error("This connection belongs to another tenant's context.");
    this.#signal?.throwIfAborted();
  }

  /** The connection is not this client's any more. */
  revoke(): void {
    this.#lent = false;
    this.#slot.onEvent = undefined;
    this.removeAllListeners();
  }

  getTransactionStatus(): string | null {
    return this.#slot.client.getTransactionStatus();
  }

  get processID(): number | null {
    return (this.#slot.client as { processID?: number | null }).processID ?? null;
  }

  readonly escapeIdentifier = pg.escapeIdentifier;
  readonly escapeLiteral = pg.escapeLiteral;

  setTypeParser: pg.ClientBase["setTypeParser"] = (...given: unknown[]) => {
    this.#check();
    return Reflect.apply(this.#slot.client.setTypeParser, this.#slot.client, given);
  };

  getTypeParser: pg.ClientBase["getTypeParser"] = (...given: unknown[]) =>
    Reflect.apply(this.#slot.client.getTypeParser, this.#slot.client, given);
}
