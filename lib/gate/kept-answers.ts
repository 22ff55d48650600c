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

type Answers = {
  kept: Map<string, Kept>;
  making: Map<string, Promise<unknown>>;
  bytes: number;
  /** Since the process began: how often an answer was asked for, and how often a kept one was given. */
  asked: number;
  given: number;
  /** How often everything was forgotten. */
  forgotten: number;
};

// A page and a route have this module each: what is kept, counted and forgotten is the process's.
const held = globalThis as { tenantryAnswers?: Answers };

function mine(): Answers {
  held.tenantryAnswers ??= { kept: new Map(), making: new Map(), bytes: 0, asked: 0, given: 0, forgotten: 0 };
  return held.tenantryAnswers;
}

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
  const all = mine();
  const found = all.kept.get(key);
  all.asked++;
  if (!found || now > Math.max(found.freshUntil, found.at + keeping.stale) || now < found.at)
    return await renewed(key, clock, make, sizeOf, keeping);
  all.given++;
  // The newest used stand last: the first are the first to go.
  all.kept.delete(key);
  all.kept.set(key, found);
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
  const { making, forgotten } = mine();
  const under = making.get(key) as Promise<T> | undefined;
  if (under) return under;
  const work = (async () => {
    const began = performance.now();
    const at = clock().getTime();
    const value = await make();
    const worth = (performance.now() - began) * timesMade;
    const lasts = Math.min(most, Math.max(least, worth));
    // What was begun before everything was forgotten is given to who waits for it, and kept for nobody.
    if (mine().forgotten === forgotten)
      keep(key, { value, at, freshUntil: at + lasts, bytes: sizeOf(value) + key.length });
    return value;
  })().finally(() => mine().forgotten === forgotten && making.delete(key));
  making.set(key, work);
  return work;
}

function keep(key: string, answer: Kept): void {
  drop(key);
  if (answer.bytes > room.bytes / 4) return;
  const all = mine();
  all.kept.set(key, answer);
  all.bytes += answer.bytes;
  for (const oldest of all.kept.keys()) {
    if (all.kept.size <= room.entries && all.bytes <= room.bytes) break;
    drop(oldest);
  }
}

function drop(key: string): void {
  const all = mine();
  all.bytes -= all.kept.get(key)?.bytes ?? 0;
  all.kept.delete(key);
}

/** How much is kept, since when (Unix milliseconds; null: nothing is), and how often it served since the process began. */
export function keptNow(): { entries: number; bytes: number; hits: number; misses: number; oldestAt: number | null } {
  const { kept, bytes, asked, given } = mine();
  const oldestAt = kept.size === 0 ? null : Math.min(...[...kept.values()].map(({ at }) => at));
  return { entries: kept.size, bytes, hits: given, misses: asked - given, oldestAt };
}

/** Forgets everything that is kept. */
export function forgetAnswers(): void {
  const all = mine();
  all.kept.clear();
  all.making.clear();
  all.bytes = 0;
  all.forgotten++;
}
