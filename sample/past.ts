import type { Metric } from "@/lib/kernel/metrics";
import { type Habit, habits, ofSlug } from "./past-habits";
import { type Random, seededRandom, seedOf } from "./random";
import type { DemoTenant } from "./shapes";

/** The metrics of which a past is made up; the others stay unknown in it. */
export const pastMetrics = [
  "cpu",
  "memory",
  "buffers",
  "storage",
  "requests",
  "transactions",
  "connections",
  "cacheHit",
  "latency",
  "pooled",
  "waits",
  "waitTime",
  "errors",
] as const satisfies Metric[];

export type PastMetric = (typeof pastMetrics)[number];

/** One metric over one step; null where there is nothing to know. */
export type PastValue = { mean: number; low: number; high: number } | null;

/** Everything of one tenant over one step that begins at `at` (Unix milliseconds). */
export type PastStep = { at: number; values: Record<PastMetric, PastValue> };

const hour = 3_600_000;
const day = 24 * hour;

/** Days for which a past is made up. */
export const pastDays = 60;

/** Milliseconds before the end during which nothing was measured, as if the worker had been stopped. */
const silence = { from: 17 * day + 5 * hour, to: 17 * day + 3 * hour };

/**
 * A made-up past of a demo tenant in steps from `from` until `end`, when it has `size` MiB: with days and weeks, growth,
 * bursts of the noisy tenant that slow the others down, and a few things out of the ordinary. The same seed and times give
 * the same past.
 */
export function pastOf(
  tenant: DemoTenant,
  from: number,
  end: number,
  step: number,
  size = filledSize(tenant),
): PastStep[] {
  const random = seededRandom(seedOf(`${tenant.slug} ${step}`));
  const first = end - ofSlug(tenant.slug).days * day;
  const steps: PastStep[] = [];
  let drift = 0;
  for (let at = from; at < end; at += step) {
    drift = 0.9 * drift + 0.1 * (random() - 0.5);
    const before = end - at;
    if (at < first || (before <= silence.from && before > silence.to)) continue;
    steps.push({ at, values: valuesAt(tenant, { at, end, step, size, drift, random }) });
  }
  return steps;
}

type Moment = { at: number; end: number; step: number; size: number; drift: number; random: Random };

function valuesAt(tenant: DemoTenant, moment: Moment): Record<PastMetric, PastValue> {
  const { at, end, step, drift, random } = moment;
  const sizeOf = (time: number) => sizeAt(tenant, moment.size, time, end);
  const habit = habits[tenant.shape];
  const odd = oddness(tenant.slug, end - at);
  const busy = Math.max(0, businessAt(tenant, habit, at) * (1 + drift * 3) * (0.94 + 0.12 * random()) * odd.busy);
  const burst = burstAt(at);
  const own = tenant.shape === "noisy" ? burst : 0;
  const slowed = tenant.shape === "noisy" ? 1 : 1 + habit.touchy * burst;
  const spread = step > 60_000 ? 1 : 0.4;
  const around = (mean: number, wide: number): PastValue => ({
    mean,
    low: mean * (1 - wide * spread * (0.6 + 0.4 * random())),
    high: mean * (1 + 1.6 * wide * spread * (0.6 + 0.4 * random())),
  });
  const requests = habit.rate * (0.02 + busy) + own * 4;
  const cpu = 0.02 + habit.cpu * (0.02 + busy) + own * 95;
  const size = sizeOf(at);
  const waits = Math.max(0, busy - 0.85) * habit.rate * 0.4 + (slowed - 1) * 0.15;
  return {
    cpu: around(cpu, 0.45),
    memory: around(habit.memory * (0.75 + 0.35 * busy), 0.12),
    buffers: around(Math.min(size * 0.5, 24) * (0.9 + 0.1 * Math.min(1, busy)), 0.03),
    storage: { mean: size, low: size, high: sizeOf(at + step) },
    requests: around(requests, 0.3),
    transactions: around(requests * 2.3 + 0.05, 0.3),
    connections: around(1 + Math.min(9, 4.5 * busy + own * 3), 0.25),
    cacheHit: { mean: 99.7 - 1.8 * own - 0.6 * random(), low: 96.5 - 4 * own, high: 100 },
    latency: around(habit.latency * (0.9 + 0.35 * busy) * slowed * odd.slow, 0.25),
    pooled: around(2 + Math.min(6, 3 * busy), 0.1),
    waits: around(waits, 0.8),
    waitTime: waits > 0.02 ? around(3 + 14 * waits * slowed, 0.5) : null,
    errors: around(requests * 0.0015 * odd.errors, 0.9),
  };
}

/** How busy a tenant is by the hour of its own day and by its own week: about 1 at its busiest. */
function businessAt({ slug }: DemoTenant, habit: Habit, at: number): number {
  const { zone, weekend } = ofSlug(slug);
  const local = at + zone * hour;
  const time = (local % day) / hour;
  // Unix time began on a Thursday.
  const weekday = (Math.floor(local / day) + 4) % 7;
  const bump = (middle: number, wide: number) => Math.exp(-(((time - middle) / wide) ** 2));
  const daily =
    habit.night + (1 - habit.night) * Math.min(1, bump(11, 2.6) + 0.9 * bump(15.5, 2.4) + 0.5 * bump(20, 2));
  const spikes = habit.spikes ? 0.35 + 1.9 * Number(hashed(Math.floor(at / (30 * 60_000)), slug) < 0.16) : 1;
  return daily * spikes * (weekend.includes(weekday) ? habit.weekend : 1);
}

/** How hard the noisy tenant works, 0 to 1: each night its accounts, and by day now and then for an hour or two. */
export function burstAt(at: number): number {
  const time = (at % day) / hour;
  if (time >= 1.5 && time < 3) return 1;
  const number = Math.floor(at / (2 * hour));
  const drawn = hashed(number, "burst");
  if (drawn > 0.13 || time < 6) return 0;
  const within = (at % (2 * hour)) / (2 * hour);
  return within < 0.3 + 4 * drawn ? 0.7 + 2 * drawn : 0;
}

/** MiB that a shop takes once it is filled. */
export function filledSize({ rows }: DemoTenant): number {
  return 8.2 + rows * 0.00082;
}

/** MiB at a moment, of a tenant that has `full` at the end. */
export function sizeAt({ slug }: DemoTenant, full: number, at: number, end: number): number {
  const { days, grew } = ofSlug(slug);
  const passed = Math.min(1, Math.max(0, 1 - (end - at) / (days * day)));
  // A little every hour, and more in some than in others, but never less than before.
  const steps = Math.floor(passed * days * 24);
  const uneven = (0.5 * (hashed(Math.floor(steps / 24), `${slug} grew`) - 0.5)) / Math.max(1, days);
  return full * (1 - grew * (1 - Math.min(1, passed + uneven * Math.sin(Math.PI * ((passed * days) % 1)))));
}

/** What was out of the ordinary, `before` the end: a rush, an outage, and a slow morning. */
function oddness(slug: string, before: number): { busy: number; slow: number; errors: number } {
  const hours = before / hour;
  if (slug === "saffron-market" && hours <= 31 && hours > 27) return { busy: 7, slow: 3.2, errors: 30 };
  if (slug === "tidewater" && hours <= 122 && hours > 116) return { busy: 0, slow: 1, errors: 0 };
  if (slug === "atlas-maps" && hours <= 9 && hours > 6) return { busy: 1, slow: 6, errors: 8 };
  return { busy: 1, slow: 1, errors: 1 };
}

/** A number from 0 to 1 that belongs to a number and a word. */
function hashed(number: number, word: string): number {
  return seededRandom(seedOf(`${word} ${number}`))();
}
