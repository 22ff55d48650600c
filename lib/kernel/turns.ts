/**
 * Lets so many works go on at once; the others begin in the order in which they came, as soon as one has ended. Whose
 * signal is aborted before its turn has come does not begin: it ends with the signal's reason.
 */
export function turns(most: number): <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T> {
  const waiting: (() => void)[] = [];
  let going = 0;

  const ownTurn = (signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1);
        reject(signal?.reason);
      };
      waiting.push(begin);
      signal?.addEventListener("abort", leave, { once: true });
    });

  return async (work, signal) => {
    signal?.throwIfAborted();
    if (going < most) going++;
    else await ownTurn(signal);
    try {
      return await work();
    } finally {
      // Who waits takes the place over.
      const next = waiting.shift();
      if (next) next();
      else going--;
    }
  };
}
