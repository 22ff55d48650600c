import type { Shape } from "./shapes";

/**
 * What a tenant of a shape did on an ordinary day: requests a second and percent of a core when it was busiest, MiB,
 * milliseconds, the part that nights and weekends have of a day, and how much a busy neighbour slows it down.
 */
export type Habit = {
  rate: number;
  cpu: number;
  memory: number;
  latency: number;
  night: number;
  weekend: number;
  touchy: number;
  spikes?: boolean;
};

export const habits: Record<Shape, Habit> = {
  steady: { rate: 4, cpu: 1.2, memory: 4, latency: 6, night: 0.3, weekend: 0.8, touchy: 1.2 },
  wave: { rate: 9, cpu: 3, memory: 6, latency: 7, night: 0.06, weekend: 0.45, touchy: 1.6 },
  noisy: { rate: 6, cpu: 12, memory: 12, latency: 12, night: 0.25, weekend: 0.3, touchy: 0 },
  spiky: { rate: 8, cpu: 1.6, memory: 8, latency: 6, night: 0.1, weekend: 1.3, touchy: 1.4, spikes: true },
  growing: { rate: 4, cpu: 3, memory: 8, latency: 8, night: 0.4, weekend: 0.7, touchy: 1 },
  memory: { rate: 2, cpu: 5, memory: 24, latency: 18, night: 0.15, weekend: 0.2, touchy: 0.8 },
  reader: { rate: 7, cpu: 3.5, memory: 8, latency: 5, night: 0.35, weekend: 0.9, touchy: 2.1 },
  idle: { rate: 0.06, cpu: 0.05, memory: 2.5, latency: 5, night: 0.2, weekend: 0.8, touchy: 1 },
};

/** A tenant's own: hours from UTC, the weekend's days (0 is Sunday), days of past, and the part of its size it grew by. */
export type Own = { zone: number; weekend: readonly number[]; days: number; grew: number; began: number };

const usual = [0, 6] as const;

const own: Record<string, Own> = {
  "aurora-coffee": { zone: -5, weekend: usual, days: 60, grew: 0.12, began: 214 },
  nordlys: { zone: 1, weekend: usual, days: 60, grew: 0.35, began: 402 },
  kurashi: { zone: 9, weekend: usual, days: 60, grew: 0.3, began: 188 },
  hephaestus: { zone: 1, weekend: usual, days: 60, grew: 0.4, began: 365 },
  "lumen-lab": { zone: -6, weekend: usual, days: 60, grew: 0.18, began: 251 },
  verdant: { zone: 0, weekend: usual, days: 60, grew: 0.55, began: 96 },
  "saffron-market": { zone: 5.5, weekend: usual, days: 60, grew: 0.22, began: 133 },
  "atlas-maps": { zone: -8, weekend: usual, days: 60, grew: 0.08, began: 310 },
  "manara-books": { zone: 3, weekend: [5, 6], days: 60, grew: 0.1, began: 71 },
  tidewater: { zone: -8, weekend: usual, days: 44, grew: 0.06, began: 44 },
  paperkite: { zone: 1, weekend: usual, days: 27, grew: 0.02, began: 27 },
  "quiet-harbour": { zone: 2, weekend: usual, days: 9, grew: 0.01, began: 9 },
};

/** What is a tenant's own; `began`: days for which it has been there. */
export function ofSlug(slug: string): Own {
  return own[slug] ?? { zone: 0, weekend: usual, days: 60, grew: 0.1, began: 60 };
}
