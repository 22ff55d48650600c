"use client";

import { useClock } from "@/client/now";
import { type Metric, metrics, sources, staleSeconds } from "@/lib/kernel/metrics";
import type { Measure, Usage } from "@/lib/tenants/shapes";
import classes from "./figure.module.css";
import { inWords, showMetric } from "./format";
import { exactTime } from "./time";

type FigureProps = { metric: Metric; usage: Usage; measuredAt: string | null; size?: "cell" | "tile" };

/** One measured value with its unit; its source and age on hover; a dash where it is unknown; muted when stale. */
export function Figure({ metric, usage, measuredAt, size = "cell" }: FigureProps) {
  const stale = useStale(measuredAt);
  const measure = usage[metric];
  if (!measure) return <Unknown metric={metric} size={size} />;
  const { text, unit } = showMetric(metric, measure.value);
  return (
    <span
      className={classes.figure}
      data-size={size}
      data-stale={stale || undefined}
      title={provenance(metric, measure, measuredAt, stale)}
      suppressHydrationWarning
    >
      {text}
      {unit !== "" && <span className={classes.unit}>{unit}</span>}
    </span>
  );
}

function Unknown({ metric, size }: { metric: Metric; size: "cell" | "tile" }) {
  return (
    <span className={classes.figure} data-size={size} data-unknown title={unknownReason(metric)}>
      <span aria-hidden="true">—</span>
      <span className={classes.hidden}>unknown</span>
    </span>
  );
}

/** Why a figure may be missing. */
export function unknownReason(metric: Metric): string {
  return `${metrics[metric].label}: unknown. It has not been measured yet, or this server doesn't let us measure it.`;
}

/** Where a value comes from and how old it is, in a sentence. */
export function provenance(metric: Metric, measure: Measure, measuredAt: string | null, stale: boolean): string {
  const { label, unit } = metrics[metric];
  const value = `${label}: ${inWords(showMetric(metric, measure.value))} (${unit})`;
  const age = measuredAt === null ? "" : `\n${stale ? "Stale since" : "Measured"} ${exactTime(measuredAt)}`;
  return `${value}\nSource: ${sources[measure.source]}${age}`;
}

/** Whether a measurement is too old to be called current. */
export function useStale(measuredAt: string | null): boolean {
  const stale = useClock(1000, (now) => measuredAt !== null && now - Date.parse(measuredAt) > staleSeconds * 1000);
  return stale ?? false;
}
