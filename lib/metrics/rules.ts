import { heartbeatSeconds } from "@/lib/kernel/metrics";

/** A reading of a cumulative counter. */
export type Reading = {
  value: number;
  /** Seconds on a clock that never jumps. */
  at: number;
  /** Names the counting this belongs to; after a reset it is another one. */
  epoch: string;
};

export type Movement = { by: number; seconds: number };

/** Two readings closer than this many seconds say nothing about a rate. */
export const minimumSeconds = 0.2;

/**
 * How far a counter moved between two readings. Undefined where nothing can be said: the first reading, a reset
 * (another epoch, or a value lower than before), or no time between them. So no restart makes a spike or a negative.
 */
export function movement(before: Reading | undefined, now: Reading): Movement | undefined {
  if (!before || before.epoch !== now.epoch || now.value < before.value) return undefined;
  const seconds = now.at - before.at;
  return seconds >= minimumSeconds ? { by: now.value - before.value, seconds } : undefined;
}

/** Follows counters by key and says how far each moved since its last reading, or over a window of seconds. */
export class Meter {
  private readonly readings = new Map<string | number, Reading[]>();

  constructor(private readonly windowSeconds = 0) {}

  move(key: string | number, now: Reading): Movement | undefined {
    const kept = this.readings.get(key) ?? [];
    const moved = movement(kept[0], now);
    const last = kept.at(-1);
    const goesOn = last?.epoch === now.epoch && now.value >= last.value;
    if (goesOn && Math.abs(now.at - last.at) < minimumSeconds) return undefined;
    const since = now.at - this.windowSeconds;
    const inside = goesOn && now.at > last.at ? kept.filter((reading) => reading.at >= since) : [];
    this.readings.set(key, [...inside, now]);
    return goesOn ? moved : undefined;
  }

  /** Forgets the counters that are no longer read. */
  keep(keys: { has(key: string | number): boolean }): void {
    for (const key of this.readings.keys()) if (!keys.has(key)) this.readings.delete(key);
  }
}

/** Counts how far a value rose above the highest it ever was: a dip is no movement, and its recovery is none either. */
export class HighWater {
  private mark: number | undefined;

  rise(value: number): number | undefined {
    const before = this.mark;
    this.mark = Math.max(before ?? value, value);
    return before === undefined ? undefined : this.mark - before;
  }
}

/**
 * The number of the heartbeat period a moment falls into, for one tenant. Periods begin at another second for
 * each tenant (by its random id), so that a fleet's heartbeats are spread over time.
 */
export function heartbeatPeriod(tenantId: string, at: number): number {
  const offset = (Number.parseInt(tenantId.slice(-6), 16) || 0) % (heartbeatSeconds * 1000);
  return Math.floor((at + offset) / (heartbeatSeconds * 1000));
}

/** Milliseconds until the next round: on the beat; a round that took too long skips beats, it never overlaps. */
export function untilNextBeat(started: number, now: number, beat: number): number {
  const late = Math.max(0, now - started);
  return beat - (late % beat);
}

/** Milliseconds to wait after the nth failure in a row: 1, 2, 4, 8, then 15 seconds. */
export function backoff(failures: number): number {
  return Math.min(15_000, 1000 * 2 ** Math.max(0, failures - 1));
}
