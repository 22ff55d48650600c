import { ApiError } from "./api-error";

/** The longest that is waited before trying again, in seconds: who is told to wait longer is told so instead. */
const patience = 30;

/** Does something, and again up to so many times where trying later may help: after 429, 503, or no answer at all. */
export async function retried<T>(times: number, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  for (let again = 0; ; again++) {
    try {
      return await work();
    } catch (error) {
      const seconds = again < times ? waitBefore(error, again) : null;
      if (seconds === null) throw error;
      await pause(seconds * 1000, signal);
    }
  }
}

/** Seconds to wait, or null when trying again does not help. */
function waitBefore(error: unknown, again: number): number | null {
  if (!(error instanceof ApiError) || ![0, 429, 503].includes(error.status)) return null;
  const seconds = error.retryAfter ?? 0.25 * 2 ** again;
  return seconds <= patience ? seconds : null;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", ended);
      resolve();
    }, milliseconds);
    if (signal?.aborted) ended();
    else signal?.addEventListener("abort", ended, { once: true });
  });
}
