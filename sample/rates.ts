import type { Shape } from "./shapes";

/** What a tenant does at a moment: visits per second, how many of them are reports or orders, and hard work. */
export type Pace = { visits: number; reports: number; orders: number; working: boolean };

const quiet: Pace = { visits: 0, reports: 0, orders: 0, working: false };

/** Whether a moment lies in the first `length` seconds of each `period`. */
const within = (seconds: number, period: number, length: number) => seconds % period < length;

/** From a low to a high and back once a `period`, like a day. */
const swing = (seconds: number, period: number) => (1 - Math.cos((2 * Math.PI * seconds) / period)) / 2;

/** The pace of each shape, `seconds` into its own time. */
export const paces: Record<Shape, (seconds: number) => Pace> = {
  steady: () => ({ ...quiet, visits: 3, orders: 0.1 }),
  wave: (seconds) => ({ ...quiet, visits: 0.5 + 7 * swing(seconds, 240), reports: 0.01, orders: 0.08 }),
  noisy: (seconds) =>
    within(seconds, 80, 22)
      ? { visits: 6, reports: 0.1, orders: 0.05, working: true }
      : { ...quiet, visits: 2, orders: 0.05 },
  spiky: (seconds) =>
    within(seconds, 45, 4) ? { ...quiet, visits: 20, orders: 0.05 } : { ...quiet, visits: 0.4, orders: 0.05 },
  growing: () => ({ ...quiet, visits: 2, orders: 0.3, working: true }),
  memory: (seconds) => ({ ...quiet, visits: 1, reports: 0.05, working: within(seconds, 40, 2) }),
  reader: (seconds) => ({ ...quiet, visits: 4 + 2 * swing(seconds, 90), reports: 0.005 }),
  idle: () => ({ ...quiet, visits: 0.03 }),
};
