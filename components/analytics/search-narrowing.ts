import type { inferParserType } from "nuqs/server";
import { type FilterSearch, filterInput, searchFilter } from "@/components/tenants/search-tenants";
import { type PeriodSearch, periodInput, searchPeriod } from "./search-period";

const { schema: _, ...filter } = searchFilter;

/** Which tenants a page is about, as it stands in the address. */
export const searchNarrowing = filter;

export type NarrowingSearch = inferParserType<typeof searchNarrowing>;

/** What every fleet page has in its address: the period and the tenants. */
export const searchAnalytics = { ...searchPeriod, ...searchNarrowing };

/** Which tenants, as an operation's input. */
export function narrowingInput(view: NarrowingSearch) {
  const { schema: _, ...input } = filterInput(wholeFilter(view));
  return input;
}

/** The period and the tenants as an operation's input. */
export function analyticsInput(view: PeriodSearch & NarrowingSearch, zone: string) {
  return { ...periodInput(view, zone), ...narrowingInput(view) };
}

/** The same as the filter of the tenants' list. */
export function wholeFilter({ search, status, server, tag, region, plan }: NarrowingSearch): FilterSearch {
  return { search, status, server, tag, region, plan, schema: null };
}

/** Whether the page shows less than all that is within reach. */
export function isNarrowed(view: NarrowingSearch): boolean {
  const { search, server, ...lists } = view;
  const chosen = [lists.status, lists.tag, lists.region, lists.plan].some((list) => list.length > 0);
  return chosen || search.trim() !== "" || server !== null;
}

/** All tenants within reach. */
export const unnarrowed: NarrowingSearch = { search: "", status: [], server: null, tag: [], region: [], plan: [] };
