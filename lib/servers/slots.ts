import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";

let taken = 0;
const waiting: (() => void)[] = [];
const reserved = new AsyncLocalStorage<true>();

const most = (): number => Math.max(1, Math.floor(env().CONTROL_POOL_SIZE / 2));

/**
 * Runs work that waits for a server while it holds a connection to the control database. Half of the connections may
 * wait like that: a few servers that hang must not keep everybody else from being answered. Throws `unavailable` beyond.
 */
export async function inSlot<T>(work: () => Promise<T>): Promise<T> {
  if (reserved.getStore()) return await work();
  if (taken >= most()) {
    throw new AppError("unavailable", "Several servers are slow to answer right now. Try again in a moment.", {
      retryAfter: 5,
    });
  }
  taken++;
  return await work().finally(release);
}

/**
 * For work that can wait its turn, such as a bulk run's: waits for a slot before the work takes any connection, and
 * `inSlot` within it goes straight through. Throws the signal's reason when that is aborted first.
 */
export async function reserveSlot<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  if (taken < most()) taken++;
  else await turn(signal);
  return await reserved.run(true, work).finally(release);
}

/** Resolves when a slot was handed over. */
async function turn(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const take = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(take), 1);
      reject(signal.reason);
    };
    waiting.push(take);
    signal.addEventListener("abort", leave, { once: true });
  });
}

function release(): void {
  const next = waiting.shift();
  if (next) next();
  else taken--;
}
