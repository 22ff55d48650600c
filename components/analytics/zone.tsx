"use client";

import { useQueryStates } from "nuqs";
import { useViewerZone } from "@/client/viewer";
import { searchPeriod, zoneOf } from "./search-period";

/** The zone in which times are shown: the address's, else the viewer's. */
export function useZone(): string {
  const [{ tz }] = useQueryStates(searchPeriod);
  return zoneOf({ tz }, useViewerZone());
}

/** The zone that stands where an address names none: the viewer's. */
export function useBrowserZone(): string {
  return useViewerZone();
}
