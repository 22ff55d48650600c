import type { inferParserType } from "nuqs/server";
import { periodInput, searchPeriodFrom } from "@/components/analytics/search-period";

/** The period with which the page begins. */
export const begins = "30d";

/** All that stands in the address. */
export const searchCapacity = searchPeriodFrom(begins);

/** The address as the operation's input; the charts are small. */
export function capacityInput(view: inferParserType<typeof searchCapacity>, zone: string) {
  return { ...periodInput(view, zone), width: 240 };
}
