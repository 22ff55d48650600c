"use client";

import { useStale } from "./figure";
import classes from "./figure.module.css";
import { RelativeTime } from "./relative-time";
import { exactTime } from "./time";

/** When something was last measured; since when it is stale, once it is. */
export function MeasuredAt({ at }: { at: string | null }) {
  const stale = useStale(at);
  if (at === null) return <>not measured yet</>;
  if (stale) return <span className={classes.warning}>stale since {exactTime(at)}</span>;
  return (
    <>
      measured <RelativeTime at={at} every={1000} />
    </>
  );
}
