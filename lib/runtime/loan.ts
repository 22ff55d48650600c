import type pg from "pg";

/** A statement as pg takes it. */
export type Asked = string | (pg.QueryConfig & { rowMode?: string });

/** What stands between the code that a connection is lent to and the connection. */
export type Loan = {
  /** Runs a statement. */
  run: (asked: Asked, values?: unknown[]) => Promise<pg.QueryResult>;
  /** Runs something that speaks with the connection itself, such as a cursor. */
  submit: (query: pg.Submittable) => void;
  /** The work is done: keeps what it did, or undoes what can be undone. Throws when that failed. */
  finish: (keep: boolean) => Promise<void>;
  /** Whether the connection must be closed instead of being lent again. */
  spoilt: () => boolean;
};

/** A loan of a session: the work does with it what it likes, and the pool cleans up. */
export function sessionLoan(client: pg.Client): Loan {
  return {
    run: (asked, values) => client.query(asked, values),
    submit: (query) => void client.query(query),
    finish: async () => undefined,
    spoilt: () => false,
  };
}
