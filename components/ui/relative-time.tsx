"use client";

import { useClock } from "@/client/now";
import { exactDateTime, relativeTime } from "./time";

/** How long ago, with the exact time on hover; the viewer's zone is known only once the page is alive. */
export function RelativeTime({ at, every = 5000 }: { at: string; every?: number }) {
  const text = useClock(every, (now) => relativeTime(at, now));
  return (
    <time dateTime={at} {...(text !== null && { title: exactDateTime(at) })}>
      {text ?? at.slice(0, 10)}
    </time>
  );
}
