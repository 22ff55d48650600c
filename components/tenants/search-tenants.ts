import { type inferParserType, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { exportTenantsContract, tenantSorts, tenantStatuses } from "@/lib/tenants/contract";

/** How many tenants a page of the list holds. */
export const pageSize = 50;

/** The list's view as it stands in the address. */
export const searchTenants = {
  search: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(tenantStatuses)).withDefault([]),
  sort: parseAsStringLiteral(tenantSorts).withDefault("name"),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  server: parseAsString,
  tag: parseAsArrayOf(parseAsString).withDefault([]),
  region: parseAsArrayOf(parseAsString).withDefault([]),
  page: parseAsInteger.withDefault(1),
};

export type TenantSearch = inferParserType<typeof searchTenants>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The view as the list operation's input; what a person may have typed into the address is put within bounds. */
export function listInput({ search, status, sort, order, server, tag, region, page }: TenantSearch) {
  return {
    search: search.trim().slice(0, 200),
    status,
    sort,
    order,
    tag: tag.map((each) => each.slice(0, 60)),
    region: region.map((each) => each.slice(0, 60)),
    ...(server !== null && uuid.test(server) && { server }),
    page: Math.min(Math.max(page, 1), 100_000),
    pageSize,
  };
}

/** The address of the list's download, narrowed as the screen is. */
export function exportPath(view: TenantSearch): string {
  const { sort: _sort, order: _order, page: _page, pageSize: _size, ...filter } = listInput(view);
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter))
    for (const each of [value].flat()) if (each !== "") query.append(name, each);
  return exportTenantsContract.path + (query.size > 0 ? `?${query}` : "");
}
