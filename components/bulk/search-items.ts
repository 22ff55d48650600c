import { type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { ItemFilter } from "@/client/bulk-queries";
import { itemStatuses } from "@/lib/bulk/shapes";

/** How many tenants of a run are read at a time. */
export const itemsPage = 50;

/** What narrows the tenants of a run, and the one that is open, as they stand in the address. */
export const searchItems = {
  only: parseAsStringLiteral(["all", "warned", ...itemStatuses] as const).withDefault("all"),
  search: parseAsString.withDefault(""),
  item: parseAsInteger,
};

export type ItemSearch = inferParserType<typeof searchItems>;

/** The view as the operation's input. */
export function itemsInput({ only, search }: Pick<ItemSearch, "only" | "search">): ItemFilter {
  return {
    search: search.trim().slice(0, 200),
    limit: itemsPage,
    ...(only === "warned" ? { warned: "true" } : only === "all" ? {} : { status: [only] }),
  };
}
