import { cookies } from "next/headers";
import { zoneCookie } from "@/client/zone-cookies";
import { zoneOf } from "@/components/analytics/search-period";

/** The zone that this browser told on an earlier page; null on the first. */
export async function toldZone(): Promise<string | null> {
  const told = (await cookies()).get(zoneCookie)?.value;
  return told === undefined ? null : zoneOf({ tz: told }, "UTC");
}

/** The zone in which a page is to be read. */
export async function browserZone(): Promise<string> {
  return (await toldZone()) ?? "UTC";
}
