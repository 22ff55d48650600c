"use client";

import { useClock } from "@/client/now";
import { type Metric, metrics, sources, staleSeconds } from "@/lib/kernel/metrics";
import type { Measure, Usage } from "@/lib/tenants/shapes";
import classes from "./figure.module.css";
import { inWords, showMetric } from "./format";

type FigureProps = { metric: Metric; usage: Usage; measuredAt: string | null; size?: "cell" | "tile" };

/**
 * One measured value with its unit; a dash where it is unknown; muted when stale. Its source and age are told by
 * `ProvenanceTip`: in a tile also to the keyboard's focus, in a cell through its row's.
 */
export function Figure({ metric, usage, measuredAt, size = "cell" }: FigureProps) {
  const stale = useStale(measuredAt);
  const measure = usage[metric];
  const told = measure ? provenance(metric, measure) : unknownReason(metric);
  const attributes = {
    className: classes.figure,
    "data-size": size,
    "data-stale": (measure && stale) || undefined,
    "data-unknown": !measure || undefined,
    "data-provenance": told,
    "data-measured-at": (measure && measuredAt) ?? undefined,
  };
  const value = measure ? <Shown {...showMetric(metric, measure.value)} /> : <Unknown />;
  // A tile's figure takes the focus and a finger; in a table of five hundred rows that would be two thousand stops.
  return size === "tile" ? (
    <button type="button" {...attributes}>
      {value}
    </button>
  ) : (
    <span {...attributes}>{value}</span>
  );
}

function Shown({ text, unit }: { text: string; unit: string }) {
  return (
    <>
      {text}
      {unit !== "" && <span className={classes.unit}>{unit}</span>}
    </>
  );
}

function Unknown() {
  return (
    <>
      <span aria-hidden="true">—</span>
      <span className={classes.hidden}>unknown</span>
    </>
  );
}

/** Why a figure may be missing. */
export function unknownReason(metric: Metric): string {
  return `${metrics[metric].label}: unknown. It has not been measured yet, or this server doesn't let us measure it.`;
}

/** What a value is and where it comes from, a line each. */
export function provenance(metric: Metric, measure: Measure): string {
  const { label, unit } = metrics[metric];
  return `${label}: ${inWords(showMetric(metric, measure.value))} (${unit})\nSource: ${sources[measure.source]}`;
}

/** Whether a measurement is too old to be called current. */
export function useStale(measuredAt: string | null): boolean {
  const stale = useClock(1000, (now) => measuredAt !== null && now - Date.parse(measuredAt) > staleSeconds * 1000);
  return stale ?? false;
}
