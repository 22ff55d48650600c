import { type inferParserType, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { schemaStates } from "@/lib/drift/contract";

/** How many tenants a page of the list holds. */
export const schemaPage = 50;

/** What narrows the tenants by their schema, and the one that is open, as they stand in the address. */
export const searchSchema = {
  state: parseAsArrayOf(parseAsStringLiteral(schemaStates)).withDefault([]),
  version: parseAsString,
  search: parseAsString.withDefault(""),
  page: parseAsInteger.withDefault(1),
  tenant: parseAsString,
};

export type SchemaSearch = inferParserType<typeof searchSchema>;

/** The view as the operation's input; what a person may have typed into the address is put within bounds. */
export function schemaInput({ state, version, search, page }: Omit<SchemaSearch, "tenant">) {
  return {
    state,
    ...(version !== null && { version: version.slice(0, 255) }),
    search: search.trim().slice(0, 200),
    page: Math.min(Math.max(page, 1), 100_000),
    pageSize: schemaPage,
  };
}
