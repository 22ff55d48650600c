import { type inferParserType, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { analyticsInput, searchNarrowing } from "@/components/analytics/search-narrowing";
import { searchPeriodFrom } from "@/components/analytics/search-period";
import { pageSize } from "@/components/tenants/search-tenants";
import { metricNames } from "@/lib/kernel/metrics";

/** The period with which the page begins. */
export const begins = "7d";

/** What narrows the list beside the period and the tenants. */
export const searchAnomalies = {
  metric: parseAsArrayOf(parseAsStringLiteral(metricNames)).withDefault([]),
  tenant: parseAsString,
  page: parseAsInteger.withDefault(1),
};

export type AnomaliesSearch = inferParserType<typeof searchAnomalies>;

/** All that stands in the address. */
export const searchPage = { ...searchPeriodFrom(begins), ...searchNarrowing, ...searchAnomalies };

/** The list's own part of the operation's input. */
export function listInput({ metric, tenant, page }: AnomaliesSearch) {
  return {
    metric,
    page: Math.min(Math.max(page, 1), 10_000),
    pageSize,
    ...(isUuid(tenant) && { tenant }),
  };
}

/** The address as the operation's input, for the server's first reading. */
export function anomaliesInput(view: inferParserType<typeof searchPage>, zone: string) {
  return { ...analyticsInput(view, zone), ...listInput(view) };
}
