"use client";

import { useClock } from "@/client/now";
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

/** A day in the viewer's zone, with the exact time on hover; the zone is known only once the page is alive. */
export function Day({ at }: { at: string }) {
  const text = useClock(3_600_000, () => calendarDay(at));
  return (
    <time dateTime={at} {...(text !== null && { title: exactDateTime(at) })}>
      {text ?? at.slice(0, 10)}
    </time>
  );
}
