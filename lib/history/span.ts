import { type Asked, askedPeriod, oneOf, refused } from "./asked";
import type { Level, Span } from "./shapes";
import type { HistoryState } from "./state";
import { beginsOf, bucketMs, levelFor, mostSteps, type Rolled, type Step, steps } from "./steps";

/** The steps of an answer and what they are read from; times are Unix milliseconds. */
export type Frame = {
  /** The begin of the first step. */
  from: number;
  /** Up to where is read: the end of the last step, or now. */
  to: number;
  /** Where each step begins. */
  begins: number[];
  step: Step;
  level: Level;
  tz: string;
  state: HistoryState;
  /** Up to when the level is filled. */
  asOf: number | null;
};

/** How many tenants a question reads, and whether it also reads what is not rolled up yet. */
export type Reach = { tenants: number; tail: boolean };

/** Rows that a question may read: of few tenants at once from the index, of many in one pass. */
const rowsOfOne = 3000;
const rowsOfMany = 2_500_000;
/** Beyond this a granularity of one's own is refused. */
const rowsAtMost = 10_000_000;

/**
 * The steps for a question: the finest that fit the chart's width and that don't read too much, from the coarsest level
 * that answers them exactly and is kept that far back. Throws `invalid` for a period or granularity that can't be answered.
 */
export function spanOf(asked: Asked, now: Date, state: HistoryState, reach: Reach): Frame {
  const { from, to } = askedPeriod(asked, now.getTime());
  const question: Question = { asked, from, to, now: now.getTime(), state, reach };
  return asked.granularity === "auto" ? automatic(question) : byGranularity(question);
}

type Question = { asked: Asked; from: number; to: number; now: number; state: HistoryState; reach: Reach };

function automatic(question: Question): Frame {
  const { asked, from, to } = question;
  const most = Math.min(mostSteps, Math.max(Math.min(asked.width, 50), Math.floor(asked.width / 2)));
  const months = steps.slice(-1);
  const fitting = steps.filter((step) => (to - from) / step.ms <= most - 2 || months.includes(step));
  for (const step of fitting) {
    const frame = frameOf(question, step, question.asked.tz) ?? (step.unit && frameOf(question, step, "UTC"));
    if (frame && rowsOf(frame, question) <= budget(question.reach)) return frame;
  }
  return leftOver(question, fitting);
}

/** Nothing is both kept and cheap: the coarsest steps of what is kept, else an answer in which nothing is known. */
function leftOver(question: Question, fitting: Step[]): Frame {
  for (const step of [...fitting].reverse()) {
    const frame = frameOf(question, step, "UTC");
    if (frame && frame.begins.length >= Math.min(7, fitting.length)) return frame;
  }
  return unknown(question, fitting[0] ?? { ms: bucketMs.day, unit: "day" as const }, "UTC");
}

/** Steps of which nothing is known, or only what was just measured. */
function unknown(question: Question, step: Step, tz: string): Frame {
  const begins = beginsOf(step, question.from, question.to, tz);
  const fresh = question.from >= question.state.since.raw;
  const level = question.reach.tail && fresh ? "raw" : levelFor(step, begins);
  return make(question, step, tz, level, begins);
}

const named = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

function byGranularity(question: Question): Frame {
  const { granularity, tz } = question.asked;
  const calendar = granularity === "day" || granularity === "week" || granularity === "month";
  const ms = granularity === "minute" || granularity === "hour" ? named[granularity] : named.day;
  const step = steps.find((one) => (calendar ? one.unit === granularity : one.ms === ms)) ?? { ms };
  if ((question.to - question.from) / step.ms > mostSteps - 2) throw tooFine(granularity, "a shorter period");
  const frame = frameOf(question, step, tz) ?? (calendar && frameOf(question, step, "UTC"));
  // In an installation's first minute nothing is kept as yet, however coarse.
  if (!frame && question.state.until.minute === null) return unknown(question, step, tz);
  if (!frame)
    throw refused({
      granularity: `Nothing as fine as ${oneOf(granularity)} is kept from then. Choose a coarser one.`,
    });
  if (rowsOf(frame, question) <= rowsAtMost) return frame;
  const utc = calendar && frameOf(question, step, "UTC");
  if (utc && rowsOf(utc, question) <= rowsAtMost) return utc;
  throw tooFine(granularity, "a shorter period or fewer tenants");
}

function tooFine(granularity: Asked["granularity"], remedy: string): Error {
  return refused({
    granularity: `Steps of ${oneOf(granularity)} are too many for this period: choose ${remedy}.`,
  });
}

/** The frame of a step, or undefined where no level from which it can be put together is kept or rolled up. */
function frameOf(question: Question, step: Step, tz: string): Frame | undefined {
  const { from, to, state, reach } = question;
  const begins = beginsOf(step, from, to, tz);
  const coarsest = bucketMs[levelFor(step, begins)];
  // A month that began before a level is kept would be told as if it were whole.
  const first = step.unit ? (begins[0] ?? from) : from;
  const usable = (level: Rolled) =>
    bucketMs[level] <= coarsest && state.until[level] !== null && first >= state.since[level];
  const level = (["day", "hour", "minute"] as const).find(usable);
  if (level) return make(question, step, tz, level, begins);
  const measured = state.until.minute === null ? from : first;
  return reach.tail && measured >= state.since.raw ? make(question, step, tz, "raw", begins) : undefined;
}

function make(question: Question, step: Step, tz: string, level: Level, begins: number[]): Frame {
  const { now, to, state } = question;
  const end = begins.at(-1) ?? to;
  const { tail } = question.reach;
  return {
    from: begins[0] ?? question.from,
    to: Math.min(end, now),
    begins: begins.slice(0, -1),
    step,
    level,
    tz: step.unit ? tz : question.asked.tz,
    state,
    asOf: tail || level === "raw" ? now : state.filled[level],
  };
}

function rowsOf(frame: Frame, { reach }: Question): number {
  const ms = frame.level === "raw" ? bucketMs.minute : bucketMs[frame.level];
  return (reach.tenants * (frame.to - frame.from)) / ms;
}

function budget({ tenants }: Reach): number {
  return tenants > 10 ? rowsOfMany : rowsOfOne * tenants;
}

/** The period before a frame's, as long and in whole buckets of its level. */
export function before({ from, to, level }: Frame): { from: number; to: number } {
  const ms = level === "raw" ? bucketMs.minute : bucketMs[level];
  return { from: Math.floor((from - (to - from)) / ms) * ms, to: from };
}

/** How an answer tells its frame. */
export function spanView(frame: Frame): Span {
  return {
    from: new Date(frame.from).toISOString(),
    to: new Date(frame.to).toISOString(),
    stepSeconds: Math.round(frame.step.ms / 1000),
    level: frame.level,
    tz: frame.tz,
    asOf: frame.asOf === null ? null : new Date(frame.asOf).toISOString(),
    madeUpUntil: frame.state.madeUp === null ? null : new Date(frame.state.madeUp).toISOString(),
  };
}
