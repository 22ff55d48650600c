"use client";

import { useMoment, useViewerZone } from "@/client/viewer";
import { exactDateTime, relativeTime } from "./time";

/** How long ago, with the exact time on hover, in the viewer's zone. */
export function RelativeTime({ at, every = 5000 }: { at: string; every?: number }) {
  const zone = useViewerZone();
  const text = useMoment(every, (now, here) => relativeTime(at, now, here));
  return (
    <time dateTime={at} {...(text !== null && { title: exactDateTime(at, zone) })}>
      {text ?? at.slice(0, 10)}
    </time>
  );
}
