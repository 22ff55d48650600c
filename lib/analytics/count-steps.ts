import { type Asked, askedPeriod, oneOf, refused } from "@/lib/history/asked";
import type { Span } from "@/lib/history/shapes";
import { beginsOf, mostSteps, type Step, steps } from "@/lib/history/steps";

/** The steps by which something that happened is counted; times are Unix milliseconds. */
export type CountSteps = { begins: number[]; from: number; to: number; step: Step; tz: string };

/** Pixels that a bar has at least. */
const barWidth = 8;

/**
 * The steps for a question of how often something happened: all of the same length or of the zone's calendar, no more
 * than the chart has room for as bars. Nothing is rolled up here, so each period has any of them.
 */
export function countSteps(asked: Asked, now: Date): CountSteps {
  const { from, to } = askedPeriod(asked, now.getTime());
  const step = stepOf(asked, to - from);
  const begins = beginsOf(step, from, to, asked.tz);
  const end = begins.pop() ?? to;
  return { begins, from: begins[0] ?? from, to: Math.min(end, now.getTime()), step, tz: asked.tz };
}

const named = { minute: 60_000, hour: 3_600_000 } as const;

function stepOf({ granularity, width }: Asked, length: number): Step {
  if (granularity === "auto") {
    const most = Math.max(12, Math.floor(width / barWidth));
    const step = steps.find(({ ms }) => length / ms <= most) ?? steps.at(-1);
    return step ?? { ms: length };
  }
  const ms = granularity === "minute" || granularity === "hour" ? named[granularity] : undefined;
  const step = steps.find((one) => (ms === undefined ? one.unit === granularity : one.ms === ms)) ?? { ms: length };
  if (length / step.ms <= mostSteps - 2) return step;
  throw refused({
    granularity: `Steps of ${oneOf(granularity)} are too many for this period: choose a shorter period.`,
  });
}

/** How an answer tells its steps. Activities are read as they were written; `madeUp`: the demonstration's up to when. */
export function countSpan({ from, to, step, tz }: CountSteps, madeUp: number | null): Span {
  const end = new Date(to).toISOString();
  const stepSeconds = Math.round(step.ms / 1000);
  const madeUpUntil = madeUp === null ? null : new Date(madeUp).toISOString();
  return { from: new Date(from).toISOString(), to: end, stepSeconds, level: "raw", tz, asOf: end, madeUpUntil };
}
