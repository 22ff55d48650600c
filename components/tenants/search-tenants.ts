import {
  createParser,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { saveFilterContract } from "@/lib/filters/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { tenantSorts, tenantStatuses } from "@/lib/tenants/shapes";

/** How many tenants a page of the list holds. */
export const pageSize = 50;

/** Text of an address, without characters that are none and that neither PostgreSQL nor a page can hold. */
const parseAsText = createParser({
  parse: (text) => text.replaceAll(/[\0\p{Cs}]/gu, ""),
  serialize: String,
});

/** What narrows the list, as it stands in the address. */
export const searchFilter = {
  search: parseAsText.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(tenantStatuses)).withDefault([]),
  server: parseAsString,
  tag: parseAsArrayOf(parseAsText).withDefault([]),
  region: parseAsArrayOf(parseAsText).withDefault([]),
  plan: parseAsArrayOf(parseAsText).withDefault([]),
  schema: parseAsText,
};

/** The list's view as it stands in the address. */
export const searchTenants = {
  ...searchFilter,
  sort: parseAsStringLiteral(tenantSorts).withDefault("name"),
  order: parseAsStringLiteral(["asc", "desc"] as const).withDefault("asc"),
  page: parseAsInteger.withDefault(1),
};

export type FilterSearch = inferParserType<typeof searchFilter>;

export type TenantSearch = inferParserType<typeof searchTenants>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What narrows the list, without order and page; what a person may have typed is put within bounds. */
export function filterInput({ search, status, server, tag, region, plan, schema }: FilterSearch) {
  const words = (list: string[]) => list.map((each) => each.slice(0, 60));
  return {
    search: search.trim().slice(0, 200),
    status,
    tag: words(tag),
    region: words(region),
    plan: plan.map((each) => each.slice(0, 40)),
    ...(server !== null && uuid.test(server) && { server }),
    ...(schema !== null && { schema: schema.slice(0, 255) }),
  };
}

/** Whether something else than the search narrows the list. */
export function isFiltered({ status, tag, region, plan, server, schema }: FilterSearch): boolean {
  return [status, tag, region, plan].some((words) => words.length > 0) || server !== null || schema !== null;
}

/** The view as the list operation's input. */
export function listInput({ sort, order, page, ...filter }: TenantSearch) {
  return { ...filterInput(filter), sort, order, page: Math.min(Math.max(page, 1), 100_000), pageSize };
}

/** A filter of the list, as it was saved or narrows a run, as the view it makes. */
export function viewOf(filter: InputOf<typeof saveFilterContract>["filter"]): FilterSearch {
  const { search = "", status = [], tag = [], region = [], plan = [], server = null, schema = null } = filter;
  return { search, status, tag, region, plan, server, schema };
}
