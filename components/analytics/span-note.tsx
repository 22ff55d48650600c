"use client";

import { useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import type { Span } from "@/lib/history/shapes";
import { type MadeUp, madeUpIn } from "./made-up";
import { periodWords, searchPeriod } from "./search-period";
import classes from "./span-note.module.css";
import { useZone } from "./zone";
import { dayIn, exactTimeIn, timeIn } from "./zoned-time";

/** Milliseconds from which on a period is told by dates with their year. */
const halfYear = 183 * 86_400_000;

/** Finer steps are the same in each zone: a page that is read again in the browser's has them in UTC for a moment. */
const daySeconds = 86_400;

/** What period a page is about, in which zone, up to when everything is in, and what of it nobody measured. */
export function SpanNote({ span, compares = false }: { span: Span | undefined; compares?: boolean }) {
  const [view] = useQueryStates(searchPeriod);
  const asked = useZone();
  const words = periodWords(view);
  if (!span) return <>{words.now.charAt(0).toUpperCase() + words.now.slice(1)}</>;
  const zone = span.tz;
  const edge = Date.parse(span.to) - Date.parse(span.from) > halfYear ? dayIn : timeIn;
  const told = `${edge(zone, span.from)} – ${edge(zone, span.to)}`;
  return (
    <>
      <span title={`${exactTimeIn(zone, span.from)} – ${exactTimeIn(zone, span.to)}, read from ${levels[span.level]}`}>
        {told} ({zone})
      </span>
      {zone !== asked && span.stepSeconds >= daySeconds && (
        <span title={`What is kept of this period can't be put together in days of ${asked}.`}>
          {`, not in the zone asked for, ${asked}`}
        </span>
      )}
      {compares && `, compared with ${words.before}`}
      {span.asOf !== null && ` · complete up to ${timeIn(zone, span.asOf)}`}
      <MadeUpNote span={span} compares={compares} />
    </>
  );
}

/** A page's note, and what of its figures nobody measured. */
export function WithMadeUp({ span, children }: { span: Span | undefined; children: ReactNode }) {
  const zone = useZone();
  return (
    <>
      {children}
      {span && <MadeUpNote span={{ ...span, tz: zone }} compares={false} />}
    </>
  );
}

/** That what a page was computed from was made up, up to when; nothing where all of it was measured. */
export function MadeUpHistory({ until }: { until: string | null | undefined }) {
  const zone = useZone();
  return until == null ? null : <Mark>{`History generated for the demo up to ${timeIn(zone, until)}`}</Mark>;
}

function MadeUpNote({ span, compares }: { span: Span; compares: boolean }) {
  const madeUp = madeUpIn(span, compares);
  return madeUp && <Mark>{madeUpWords(madeUp, span.madeUpUntil ?? span.to, span.tz)}</Mark>;
}

function Mark({ children }: { children: string }) {
  return (
    <span
      className={classes.madeUp}
      title="Made up for the demonstration: nobody measured it. What came after is measured."
    >
      {children}
    </span>
  );
}

function madeUpWords(madeUp: NonNullable<MadeUp>, until: string, zone: string): string {
  if (madeUp === "all") return "Generated for the demo";
  if (madeUp === "compared") return "Compared with figures generated for the demo";
  return `Generated for the demo up to ${timeIn(zone, until)}`;
}

/** What of a chart's figures nobody measured, as a line of its sources; none where all were measured. */
export function madeUpLines(span: Span): string[] {
  const madeUp = madeUpIn(span, false);
  return madeUp ? [`${madeUpWords(madeUp, span.madeUpUntil ?? span.to, span.tz)}: nobody measured it.`] : [];
}

const levels = {
  raw: "the samples as they were measured",
  minute: "minutes",
  hour: "hours",
  day: "days",
} as const;
