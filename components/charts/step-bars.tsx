"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";
import { count } from "@/components/ui/format";
import classes from "./step-bars.module.css";

/** How many there were in a step: those that are well, and those that failed, which stand on top in red. */
export type Step = { at: number; well: number; failed: number };

type StepBarsProps = {
  /** What the bars count, for those who don't see them: "Activities over time". */
  label: string;
  /** The two parts in words: ["succeeded", "failed"]. */
  words: readonly [well: string, failed: string];
  steps: readonly Step[];
  /** The end of the last step, Unix milliseconds. */
  to: number;
  /** A moment as people of the chosen zone write it. */
  moment: (time: number) => string;
  /** Narrows the period to a step. */
  pick?: (from: number, to: number) => void;
};

/** Bars over time, one a step. A click, or the arrow keys and Enter, choose a step. */
export function StepBars({ label, words, steps, to, moment, pick }: StepBarsProps) {
  const [at, setAt] = useState<number | null>(null);
  const top = Math.max(1, ...steps.map(({ well, failed }) => well + failed));
  const step = at === null ? undefined : steps[at];
  const endOf = (index: number) => steps[index + 1]?.at ?? to;
  const first = steps[0]?.at;
  if (first === undefined) return null;
  const under = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(steps.length - 1, Math.max(0, Math.floor(((clientX - left) / width) * steps.length)));
  };
  const choose = () => {
    if (at !== null && step) pick?.(step.at, endOf(at));
  };
  const keys = (event: KeyboardEvent) => {
    const move = { ArrowLeft: -1, ArrowRight: 1, Home: -steps.length, End: steps.length }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    setAt(Math.min(steps.length - 1, Math.max(0, (at ?? (move > 0 ? -1 : steps.length)) + move)));
  };
  const told = step
    ? `${moment(step.at)}: ${count(step.well)} ${words[0]}, ${count(step.failed)} ${words[1]}`
    : `${label}: at most ${count(top)} at a time. ${pick ? "A click shows only that time." : ""}`;
  return (
    <div className={classes.frame}>
      <span className={classes.top} aria-hidden="true">
        {count(top)}
      </span>
      <button
        type="button"
        className={classes.bars}
        data-drawing
        aria-label={`${label}. ${told}`}
        data-picks={pick !== undefined || undefined}
        onPointerDown={(event) => setAt(under(event))}
        onPointerMove={(event) => setAt(under(event))}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={keys}
        onClick={choose}
      >
        {steps.map(({ at: begin, well, failed }, index) => (
          <span key={begin} className={classes.step} data-here={index === at || undefined}>
            {failed > 0 && <span className={classes.failed} style={{ height: heightOf(failed, top) }} />}
            {well > 0 && <span className={classes.well} style={{ height: heightOf(well, top) }} />}
          </span>
        ))}
      </button>
      <p className={classes.told} aria-live="polite">
        <span>{moment(first)}</span>
        <strong data-here={step !== undefined || undefined}>{step ? told : ""}</strong>
        <span>{moment(to)}</span>
      </p>
    </div>
  );
}

// What there is at all can be seen, however little it is beside the highest.
function heightOf(part: number, top: number): string {
  return `max(2px, ${((part / top) * 100).toFixed(2)}%)`;
}
