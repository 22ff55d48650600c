import { ArrowDownRight, ArrowRight, ArrowUpRight, type LucideIcon } from "lucide-react";
import { inWords, showMetric } from "@/components/ui/format";
import { type Metric, metrics } from "@/lib/kernel/metrics";
import { showApart } from "./apart";
import classes from "./change.module.css";
import { type Compared, compared, toneOf } from "./compared";

const arrows: Record<Compared["way"], LucideIcon | null> = {
  up: ArrowUpRight,
  down: ArrowDownRight,
  same: ArrowRight,
  unknown: null,
};

type ChangeProps = {
  metric: Metric;
  now: number | null | undefined;
  before: number | null | undefined;
  /** Whether there is room for "+12 %" only. */
  short?: boolean;
};

/** How a figure changed: an arrow and words; in red or green only where it is bad or good for somebody. */
export function Change({ metric, now, before, short = false }: ChangeProps) {
  const change = compared(now, before);
  const Arrow = arrows[change.way];
  const told = before == null ? "unknown before" : `${inWords(showMetric(metric, before))} before`;
  return (
    <span className={classes.change} data-tone={toneOf(metric, change.way)} title={told}>
      {Arrow && <Arrow size={14} strokeWidth={2.1} aria-hidden="true" />}
      {short ? (
        <>
          <span aria-hidden="true">{change.short}</span>
          <span className={classes.hidden}>{change.words}</span>
        </>
      ) : (
        change.words
      )}
    </span>
  );
}

type ValueProps = {
  metric: Metric;
  value: number | null | undefined;
  /** What it is of, and where it comes from. */
  title?: string;
  /** A figure that stands beside it, from which it can be told apart. */
  beside?: number | null;
};

/** One figure with its unit, which tells what it is and where it comes from; a dash where it is unknown. */
export function Value({ metric, value, title = overPeriod, beside }: ValueProps) {
  const { label, unit: whole } = metrics[metric];
  if (value == null) {
    return (
      <span className={classes.unknown} data-provenance={`${label}: unknown. It was not measured in this period.`}>
        <span aria-hidden="true">—</span>
        <span className={classes.hidden}>unknown</span>
      </span>
    );
  }
  const { text, unit } = beside === undefined ? showMetric(metric, value) : showApart(metric, [value, beside])(value);
  return (
    <span className={classes.value} data-provenance={`${label}: ${inWords({ text, unit })} (${whole})\n${title}`}>
      {text}
      {unit !== "" && <span className={classes.unit}>{unit}</span>}
    </span>
  );
}

const overPeriod = "From the history of usage over the period that the page is about.";
