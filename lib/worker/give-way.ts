import { setTimeout as delay } from "node:timers/promises";

/** How often it is asked whether something else is at work, in milliseconds. */
const lookMs = 1000;

/**
 * Does something that can wait: not while `busy` says that something else is at work, and told to stop by its signal as
 * soon as that is. The next time it goes on.
 */
export async function giveWay(
  signal: AbortSignal,
  busy: () => Promise<boolean>,
  work: (signal: AbortSignal) => Promise<unknown>,
  everyMs = lookMs,
): Promise<void> {
  if (await busy()) return;
  const away = new AbortController();
  const done = new AbortController();
  const watching = (async () => {
    while (!done.signal.aborted) {
      await delay(everyMs, undefined, { signal: done.signal }).catch(() => undefined);
      if (!done.signal.aborted && (await busy())) return away.abort();
    }
  })().catch((error: unknown) => {
    away.abort();
    throw error;
  });
  // It is awaited below; until then its failure has been told by the signal.
  watching.catch(() => undefined);
  try {
    await work(AbortSignal.any([signal, away.signal]));
  } finally {
    done.abort();
    await watching;
  }
}
