import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { type NarrowingSearch, narrowingInput, searchNarrowing } from "@/components/analytics/search-narrowing";
import { forecastMetrics } from "@/lib/forecast/contract";

/** How far ahead one can look, in days, as it stands in the address. */
export const horizons = ["90", "180", "365", "730"] as const;

/** What is foretold, how far, and whose detail is open. */
export const searchForecast = {
  metric: parseAsStringLiteral(forecastMetrics).withDefault("storage"),
  horizon: parseAsStringLiteral(horizons).withDefault("180"),
  tenant: parseAsString,
  onServer: parseAsString,
};

export type ForecastSearch = inferParserType<typeof searchForecast>;

/** All that stands in the address. */
export const searchPage = { ...searchNarrowing, ...searchForecast };

/** How many tenants are listed at most. */
export const mostTenants = 100;

/** The list as the operation's input. */
export function listInput({ metric, horizon }: ForecastSearch, narrowing: NarrowingSearch) {
  return { ...narrowingInput(narrowing), metric, horizonDays: Number(horizon), top: mostTenants };
}

/** The open detail as the operation's input; null while none is open. */
export function detailInput({ metric, horizon, tenant, onServer }: ForecastSearch) {
  const shared = { metric, horizonDays: Number(horizon) };
  if (isUuid(tenant)) return { ...shared, tenant };
  return isUuid(onServer) ? { ...shared, onServer } : null;
}
