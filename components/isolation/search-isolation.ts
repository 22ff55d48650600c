import { type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

/** How many leaks a page of the list holds. */
export const leaksPage = 50;

/** What narrows the leaks, as it stands in the address. */
export const searchIsolation = {
  state: parseAsStringLiteral(["open", "resolved", "all"]).withDefault("open"),
  server: parseAsString,
  tenant: parseAsString,
  rule: parseAsString,
  page: parseAsInteger.withDefault(1),
};

export type IsolationSearch = inferParserType<typeof searchIsolation>;

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The view as the operation's input; what a person may have typed into the address is put within bounds. */
export function leaksInput({ state, server, tenant, rule, page }: IsolationSearch) {
  return {
    state,
    ...(server !== null && id.test(server) && { server }),
    ...(tenant !== null && id.test(tenant) && { tenant }),
    ...(rule !== null && { rule: rule.slice(0, 60) }),
    page: Math.min(Math.max(page, 1), 100_000),
    pageSize: leaksPage,
  };
}
