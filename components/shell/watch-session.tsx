"use client";

import { useLive } from "@/client/live";
import { useAllowed } from "./user";

/** Keeps the live stream open on every page: it is what notices, within seconds, that the session has ended. */
export function WatchSession() {
  useLive(...(useAllowed("metrics:read") ? ["fleet"] : []));
  return null;
}
