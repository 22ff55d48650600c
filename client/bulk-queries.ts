import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  itemLogContract,
  listActionsContract,
  listItemsContract,
  listRunsContract,
  showRunContract,
} from "@/lib/bulk/contract";
import { endedStatuses, type RunStatus } from "@/lib/bulk/shapes";
import { listTenantSchemasContract, schemaOverviewContract, showTenantSchemaContract } from "@/lib/drift/contract";
import { listFiltersContract } from "@/lib/filters/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { call } from "./call";

const movingMs = 2000;
const restingMs = 20_000;

/** How often a run is read again where no message of the stream says so: a moving one soon, an ended one never. */
export function rereadEvery(status: RunStatus | undefined): number | false {
  if (status === undefined || endedStatuses.includes(status)) return false;
  return status === "running" || status === "cancelling" ? movingMs : restingMs;
}

/** The actions there are, and which of them the caller may plan. */
export const actionsQuery = () =>
  queryOptions({
    queryKey: [listActionsContract.id],
    queryFn: ({ signal }) => call(listActionsContract, {}, { signal }),
    staleTime: 60_000,
  });

/** Bulk runs, newest first, page by page. */
export const runsQuery = (filter: InputOf<typeof listRunsContract>) =>
  infiniteQueryOptions({
    queryKey: [listRunsContract.id, filter],
    queryFn: ({ signal, pageParam }) =>
      call(listRunsContract, { ...filter, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** One bulk run with its waves, warnings and pace. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [showRunContract.id, id],
    queryFn: ({ signal }) => call(showRunContract, { id }, { signal }),
    refetchInterval: ({ state }) => rereadEvery(state.data?.status),
  });

/** What narrows the items of a run. */
export type ItemFilter = Omit<InputOf<typeof listItemsContract>, "id" | "cursor">;

/** The tenants of a run, in its own order, page by page. */
export const itemsQuery = (id: string, filter: ItemFilter) =>
  infiniteQueryOptions({
    queryKey: [listItemsContract.id, id, filter],
    queryFn: ({ signal, pageParam }) =>
      call(listItemsContract, { id, ...filter, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** One tenant of a run. */
export const itemQuery = (id: string, position: number) =>
  queryOptions({
    queryKey: [listItemsContract.id, id, { position }],
    queryFn: async ({ signal }) => {
      const { items } = await call(listItemsContract, { id, position }, { signal });
      return items[0] ?? null;
    },
  });

/** What happened while one tenant of a run was worked on. */
export const itemLogQuery = (id: string, position: number) =>
  queryOptions({
    queryKey: [itemLogContract.id, id, position],
    queryFn: ({ signal }) => call(itemLogContract, { id, position }, { signal }),
  });

/** The filters of the tenants' list that were saved. */
export const filtersQuery = () =>
  queryOptions({
    queryKey: [listFiltersContract.id],
    queryFn: ({ signal }) => call(listFiltersContract, {}, { signal }),
  });

/** The migrations, and how many tenants are at each. */
export const schemaQuery = () =>
  queryOptions({
    queryKey: [schemaOverviewContract.id],
    queryFn: ({ signal }) => call(schemaOverviewContract, {}, { signal }),
  });

/** One page of the tenants by where their schema stands. */
export const tenantSchemasQuery = (input: InputOf<typeof listTenantSchemasContract>) =>
  queryOptions({
    queryKey: [listTenantSchemasContract.id, input],
    queryFn: ({ signal }) => call(listTenantSchemasContract, input, { signal }),
    placeholderData: keepPreviousData,
  });

/** Where one tenant's schema stands, with its differences. */
export const tenantSchemaQuery = (id: string) =>
  queryOptions({
    queryKey: [showTenantSchemaContract.id, id],
    queryFn: ({ signal }) => call(showTenantSchemaContract, { id }, { signal }),
  });
