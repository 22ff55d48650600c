"use client";

import { useClock } from "@/client/now";
import { exactDateTime } from "@/components/ui/time";

/** A moment to come, in the viewer's zone; the zone is known only once the page is alive. */
export function At({ at }: { at: string }) {
  const text = useClock(3_600_000, () => exactDateTime(at));
  return <time dateTime={at}>{text ?? at.slice(0, 16).replace("T", " ")}</time>;
}
