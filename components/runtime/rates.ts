import type { ProcessView } from "@/lib/processes/contract";

const counters = ["connects", "reuses", "waits", "waitMs", "timeouts", "evictions"] as const;
type Counter = (typeof counters)[number];

/** What a process had counted at a moment. */
type Reading = { at: number } & Record<Counter, number>;

/** Each process's readings since the page was opened, oldest first. */
export type Readings = ReadonlyMap<string, readonly Reading[]>;

/** What moved, per second, and the mean time of a wait in milliseconds (null when nobody waited). */
export type Rates = { loans: number; reused: number | null; waitTime: number | null } & Record<Counter, number>;

/** How many readings are kept: two minutes of them. */
const kept = 60;

/** Seconds over which a rate is taken. */
const windowMs = 10_000;

/** Adds what was told since; a process that said nothing new adds nothing, one that is gone is forgotten. */
export function extend(readings: Readings, processes: readonly ProcessView[]): Readings {
  return new Map(
    processes.map((process) => {
      const before = readings.get(process.id) ?? [];
      const at = Date.parse(process.seenAt);
      if (at <= (before.at(-1)?.at ?? 0)) return [process.id, before];
      const { connects, reuses, waits, waitMs, timeouts, evictions } = process;
      return [process.id, [...before, { at, connects, reuses, waits, waitMs, timeouts, evictions }].slice(-kept)];
    }),
  );
}

/** What moved over the last ten seconds or so; undefined before a process was heard twice. */
export function ratesOf(readings: readonly Reading[] | undefined): Rates | undefined {
  const last = readings?.at(-1);
  const first = readings?.find(({ at }) => last !== undefined && at >= last.at - windowMs);
  return last && first && first !== last ? between(first, last) : undefined;
}

/** The sum of several processes' rates. */
export function sumOf(all: readonly Rates[]): Rates | undefined {
  if (all.length === 0) return undefined;
  const sum = (name: Counter) => all.reduce((total, rates) => total + rates[name], 0);
  const [connects, reuses, waits, waitMs] = [sum("connects"), sum("reuses"), sum("waits"), sum("waitMs")];
  return derived({ connects, reuses, waits, waitMs, timeouts: sum("timeouts"), evictions: sum("evictions") });
}

/** Loans per second between each reading and the next, for a small chart. */
export function loansOver(readings: readonly Reading[] | undefined): number[] {
  if (!readings) return [];
  return readings.slice(1).flatMap((reading, index) => {
    const before = readings[index];
    return before ? [between(before, reading).loans] : [];
  });
}

function between(first: Reading, last: Reading): Rates {
  const seconds = (last.at - first.at) / 1000;
  const per = (name: Counter) => Math.max(0, last[name] - first[name]) / seconds;
  const [connects, reuses, waits, waitMs] = [per("connects"), per("reuses"), per("waits"), per("waitMs")];
  return derived({ connects, reuses, waits, waitMs, timeouts: per("timeouts"), evictions: per("evictions") });
}

function derived(moved: Record<Counter, number>): Rates {
  const loans = moved.connects + moved.reuses;
  const reused = loans > 0 ? moved.reuses / loans : null;
  return { ...moved, loans, reused, waitTime: moved.waits > 0 ? moved.waitMs / moved.waits : null };
}
