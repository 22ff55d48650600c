"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useQueryStates } from "nuqs";
import { analyticsInput, type NarrowingSearch, searchNarrowing } from "./search-narrowing";
import { searchPeriod, searchPeriodFrom } from "./search-period";
import { useBrowserZone } from "./zone";

type Defaults = Parameters<typeof searchPeriodFrom>[0];

/** The page's period and tenants as an operation's input, from the address. */
export function useAnalyticsInput(begins: Defaults = "24h") {
  const [period] = useQueryStates(begins === "24h" ? searchPeriod : searchPeriodFrom(begins));
  const [narrowing] = useQueryStates(searchNarrowing);
  const [search] = useDebouncedValue(narrowing.search, 250);
  return analyticsInput({ ...period, ...narrowing, search }, useBrowserZone());
}

/** Which tenants the page is about, and how to change that; a list begins at its first page again. */
export function useNarrowing(): [NarrowingSearch, (part: Partial<NarrowingSearch>) => void] {
  const [view, set] = useQueryStates(searchNarrowing);
  return [view, (part) => void set(part)];
}
