"use client";

import { useQueryStates } from "nuqs";
import { createContext, type ReactNode, useContext, useEffect } from "react";
import { useClock } from "@/client/now";
import { searchPeriod, zoneOf } from "./search-period";
import { zoneCookie } from "./zone-cookie";

const ToldZone = createContext<string | null>(null);

/** Makes the browser's zone known to the server for the next page, and what the server knew of it to this one. */
export function ZoneProvider({ told, children }: { told: string | null; children: ReactNode }) {
  const zone = useClock(3_600_000, browserZone);
  useEffect(() => {
    if (zone === null || zone === told) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the other way is not in every browser yet
    document.cookie = `${zoneCookie}=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  }, [zone, told]);
  return <ToldZone value={told}>{children}</ToldZone>;
}

/** The zone in which times are shown: the address's, else the browser's. */
export function useZone(): string {
  const [{ tz }] = useQueryStates(searchPeriod);
  const told = useContext(ToldZone);
  const here = useClock(3_600_000, browserZone);
  return zoneOf({ tz }, here ?? told ?? "UTC");
}

/** The browser's zone, once it is known. */
export function useBrowserZone(): string {
  const told = useContext(ToldZone);
  return useClock(3_600_000, browserZone) ?? told ?? "UTC";
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
