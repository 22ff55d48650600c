/** How one request ended: answered, refused by a limit (429, no connection left), or failed, with a word for its kind. */
export type Answer = { kind: "done" } | { kind: "limited"; what: string } | { kind: "failed"; what: string };

/** Sends one request and waits for its answer. `client` counts from 0. It never throws. */
export type Request = (client: number, signal: AbortSignal) => Promise<Answer>;

/** The time that a load is paced and measured by. */
export type Time = {
  /** Milliseconds since some moment; never goes back. */
  now: () => number;
  /** Waits until then, or until it is aborted. */
  until: (moment: number, signal: AbortSignal) => Promise<void>;
};
