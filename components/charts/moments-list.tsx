import { useState } from "react";
import { plural } from "@/components/ui/plural";
import type { ChartAnnotation, ChartMark } from "./chart-series";
import classes from "./history.module.css";
import { timeInZone } from "./zone-clock";

type MomentsListProps = {
  annotations: readonly ChartAnnotation[];
  marks: readonly ChartMark[];
  tz: string;
  /** Shows a moment on the chart. */
  show: (time: number) => void;
};

/** What is drawn as lines and shaded stretches, in words; a press shows the moment on the chart. */
export function MomentsList({ annotations, marks, tz, show }: MomentsListProps) {
  const [open, setOpen] = useState(false);
  const moments = [
    ...annotations.map(({ at, label, kind }) => ({ at, label, kind })),
    ...marks.map(({ from, label }) => ({ at: from, label, kind: "shaded" })),
  ].sort((one, other) => other.at - one.at);
  if (moments.length === 0) return null;
  return (
    <details className={classes.moments} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{plural(moments.length, "moment")} marked on this chart</summary>
      {open && (
        <ul>
          {moments.map(({ at, label, kind }) => (
            <li key={`${at} ${label}`}>
              <button
                type="button"
                className={classes.moment}
                onClick={() => show(at)}
                onFocus={() => show(at)}
                onMouseEnter={() => show(at)}
              >
                <time dateTime={new Date(at).toISOString()}>{timeInZone(at, tz, 60_000)}</time>
                <span title={kind}>{label}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
