import { type inferParserType, parseAsString } from "nuqs/server";
import { isUuid } from "@/components/analytics/is-uuid";
import { analyticsInput, searchAnalytics } from "@/components/analytics/search-narrowing";

/** The one tenant that is looked at. */
export const searchTenant = { tenant: parseAsString };

/** All that stands in the address. */
export const searchPage = { ...searchAnalytics, ...searchTenant };

/** How many tenants and addresses are listed, and how finely time is shown. */
const shown = { top: 50, width: 256 };

/** The page's own part of the operation's input. */
export function ownInput({ tenant }: inferParserType<typeof searchTenant>) {
  return { ...shown, ...(isUuid(tenant) && { tenant }) };
}

/** The address as the operation's input, for the server's first reading. */
export function signInsInput(view: inferParserType<typeof searchPage>, zone: string) {
  return { ...analyticsInput(view, zone), ...ownInput(view) };
}
