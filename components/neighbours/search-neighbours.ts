import { type inferParserType, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { periodInput, searchPeriod } from "@/components/analytics/search-period";
import { feltMetrics, loadMetrics } from "./words";

/** Which server, what is loaded and felt there, and the pair that is open. */
export const searchNeighbours = {
  server: parseAsString,
  load: parseAsStringLiteral(loadMetrics).withDefault("cpu"),
  felt: parseAsStringLiteral(feltMetrics).withDefault("latency"),
  pair: parseAsString,
};

export type NeighboursSearch = inferParserType<typeof searchNeighbours>;

/** All that stands in the address. */
export const searchPage = { ...searchPeriod, ...searchNeighbours };

/** The operation's input for a server; `fallback` is looked at where the address names none. */
export function neighboursInput(view: inferParserType<typeof searchPage>, fallback: string | undefined, zone: string) {
  const server = isUuid(view.server) ? view.server : fallback;
  if (server === undefined) return null;
  return { ...periodInput(view, zone), server, load: view.load, felt: view.felt, width: 400, top: 50 };
}
