import type { Clock } from "@/lib/kernel/clock";

/**
 * For how many milliseconds an answer is given again as it is: within these bounds `timesMade` as long as making it took, so
 * that making it stays rare. Then it is still given once more while the next is made, until it is `stale` old.
 */
export type Keeping = { least: number; most: number; stale: number };

const usual: Keeping = { least: 5000, most: 60_000, stale: 60_000 };
/** Only what took long is kept, and nobody is given what is older. */
export const briefly: Keeping = { least: 0, most: 10_000, stale: 0 };
const timesMade = 60;

const room = { entries: 400, bytes: 64 * 1024 * 1024 };

type Kept = { value: unknown; at: number; freshUntil: number; bytes: number };

const answers = new Map<string, Kept>();
const making = new Map<string, Promise<unknown>>();
let bytes = 0;

/**
 * The answer that is kept under a key, or the one that `make` gives. While a kept one is fresh it is given as it is; then
 * still once more, for a minute or so, while the next is made. Many who ask at once wait for one. An error is kept for
 * nobody. The key has to name everything that the answer follows from: the question, and whose reach it has.
 */
export async function kept<T>(
  key: string,
  clock: Clock,
  make: () => Promise<T>,
  sizeOf: (value: T) => number,
  keeping = usual,
): Promise<T> {
  const now = clock().getTime();
  const found = answers.get(key);
  if (!found || now > Math.max(found.freshUntil, found.at + keeping.stale) || now < found.at)
    return await renewed(key, clock, make, sizeOf, keeping);
  // The newest used stand last: the first are the first to go.
  answers.delete(key);
  answers.set(key, found);
  if (now >= found.freshUntil) renewed(key, clock, make, sizeOf, keeping).catch(() => undefined);
  return found.value as T;
}

function renewed<T>(
  key: string,
  clock: Clock,
  make: () => Promise<T>,
  sizeOf: (value: T) => number,
  { least, most }: Keeping,
): Promise<T> {
  const under = making.get(key) as Promise<T> | undefined;
  if (under) return under;
  const work = (async () => {
    const began = performance.now();
    const at = clock().getTime();
    const value = await make();
    const worth = (performance.now() - began) * timesMade;
    const lasts = Math.min(most, Math.max(least, worth));
    keep(key, { value, at, freshUntil: at + lasts, bytes: sizeOf(value) + key.length });
    return value;
  })().finally(() => making.delete(key));
  making.set(key, work);
  return work;
}

function keep(key: string, answer: Kept): void {
  drop(key);
  if (answer.bytes > room.bytes / 4) return;
  answers.set(key, answer);
  bytes += answer.bytes;
  for (const oldest of answers.keys()) {
    if (answers.size <= room.entries && bytes <= room.bytes) break;
    drop(oldest);
  }
}

function drop(key: string): void {
  bytes -= answers.get(key)?.bytes ?? 0;
  answers.delete(key);
}

/** How much is kept. */
export function keptNow(): { entries: number; bytes: number } {
  return { entries: answers.size, bytes };
}

/** Forgets everything that is kept. */
export function forgetAnswers(): void {
  answers.clear();
  bytes = 0;
}
