import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { type PeriodSearch, periodInput, searchPeriod } from "@/components/analytics/search-period";
import { compareModes } from "@/lib/analytics/shapes";
import { metricNames } from "@/lib/kernel/metrics";

/** The most tenants that can be told apart on one chart. */
export const mostCompared = 8;

/** What is compared, as it stands in the address. */
export const searchCompare = {
  ...searchPeriod,
  tenant: parseAsArrayOf(parseAsString).withDefault([]),
  metric: parseAsStringLiteral(metricNames).withDefault("cpu"),
  mode: parseAsStringLiteral(compareModes).withDefault("absolute"),
};

export type CompareSearch = inferParserType<typeof searchCompare>;

/** The chosen tenants: each once, no more than can be compared, whatever was typed into the address. */
export function chosenTenants({ tenant }: Pick<CompareSearch, "tenant">): string[] {
  return [...new Set(tenant.filter(isUuid))].slice(0, mostCompared);
}

/** The view as the operation's input. */
export function compareInput(view: PeriodSearch & CompareSearch, zone: string) {
  const { metric, mode } = view;
  return { ...periodInput(view, zone), tenant: chosenTenants(view), metric, mode, width: 1200 };
}

/** The way to compare these tenants; null where they are too few or too many for that. */
export function comparePath(ids: ReadonlySet<string>): string | null {
  if (ids.size < 2 || ids.size > mostCompared) return null;
  return `/analytics/compare?tenant=${[...ids].join(",")}`;
}
