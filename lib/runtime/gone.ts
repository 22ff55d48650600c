import { AsyncLocalStorage } from "node:async_hooks";

const storage = new AsyncLocalStorage<AbortSignal>();

/** Runs `work` for a visitor who may go away: then nobody wants what it asks of databases any more. */
export function untilGone<Result>(signal: AbortSignal, work: () => Result): Result {
  return storage.run(signal, work);
}

/** Aborted when the visitor of the running code has gone away; undefined where none is waited for. */
export function visitorGone(): AbortSignal | undefined {
  return storage.getStore();
}
