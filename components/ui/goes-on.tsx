"use client";

import { useMoment, useViewerZone } from "@/client/viewer";
import classes from "./status-badge.module.css";
import { calendarDay, exactDateTime } from "./time";

/** When a deleted tenant's database goes. */
export function GoesOn({ at }: { at: string }) {
  return (
    <span className={classes.under}>
      goes on <Day at={at} />
    </span>
  );
}

/** A day in the viewer's zone, with the exact time on hover. */
export function Day({ at }: { at: string }) {
  const zone = useViewerZone();
  const text = useMoment(3_600_000, (_, here) => calendarDay(at, here));
  return (
    <time dateTime={at} {...(text !== null && { title: exactDateTime(at, zone) })}>
      {text ?? at.slice(0, 10)}
    </time>
  );
}
