"use client";

import { useQueryStates } from "nuqs";
import type { Span } from "@/lib/history/shapes";
import { periodWords, searchPeriod } from "./search-period";
import { useZone } from "./zone";
import { exactTimeIn, timeIn } from "./zoned-time";

/** What period a page is about, in which zone, and up to when everything is in. */
export function SpanNote({ span, compares = false }: { span: Span | undefined; compares?: boolean }) {
  const [view] = useQueryStates(searchPeriod);
  const zone = useZone();
  if (!span) return <>Loading…</>;
  const words = periodWords(view);
  const told = `${timeIn(zone, span.from)} – ${timeIn(zone, span.to)}`;
  return (
    <>
      <span title={`${exactTimeIn(zone, span.from)} – ${exactTimeIn(zone, span.to)}, read from ${levels[span.level]}`}>
        {told} ({zone})
      </span>
      {compares && `, compared with ${words.before}`}
      {span.asOf !== null && ` · complete up to ${timeIn(zone, span.asOf)}`}
    </>
  );
}

const levels = {
  raw: "the samples as they were measured",
  minute: "minutes",
  hour: "hours",
  day: "days",
} as const;
