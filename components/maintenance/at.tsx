"use client";

import { useMoment } from "@/client/viewer";
import { exactDateTime } from "@/components/ui/time";

/** A moment to come, in the viewer's zone. */
export function At({ at }: { at: string }) {
  const text = useMoment(3_600_000, (_, zone) => exactDateTime(at, zone));
  return <time dateTime={at}>{text ?? at.slice(0, 16).replace("T", " ")}</time>;
}
