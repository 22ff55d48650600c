import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";

let taken = 0;

/**
 * Runs work that waits for a server while it holds a connection to the control database. Half of the connections may
 * wait like that: a few servers that hang must not keep everybody else from being answered. Throws `unavailable` beyond.
 */
export async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  if (taken >= Math.max(1, Math.floor(env().CONTROL_POOL_SIZE / 2))) {
    throw new AppError("unavailable", "Several servers are slow to answer right now. Try again in a moment.", {
      retryAfter: 5,
    });
  }
  taken++;
  try {
    return await work();
  } finally {
    taken--;
  }
}
