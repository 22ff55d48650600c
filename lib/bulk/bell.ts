import { setTimeout as delay } from "node:timers/promises";

/** Wakes who waits; rung while nobody waits, the next wait is over at once. */
export type Bell = {
  ring: () => void;
  /** Waits for a ring, so many milliseconds at most; whether there was one. */
  rung: (ms: number) => Promise<boolean>;
};

/** A bell that nobody has rung. */
export function newBell(): Bell {
  let ringing = false;
  let wake = (): void => undefined;
  return {
    ring: () => {
      ringing = true;
      wake();
    },
    rung: async (ms) => {
      if (!ringing) {
        const timer = new AbortController();
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([woken, delay(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
        timer.abort();
      }
      const was = ringing;
      ringing = false;
      return was;
    },
  };
}
