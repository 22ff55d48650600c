import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { isolationOverviewContract, listIsolationFindingsContract } from "@/lib/isolation/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { call } from "./call";

/** How each server stands, and what is proven. */
export const isolationQuery = () =>
  queryOptions({
    queryKey: [isolationOverviewContract.id],
    queryFn: ({ signal }) => call(isolationOverviewContract, {}, { signal }),
  });

/** One page of the leaks. */
export const leaksQuery = (input: InputOf<typeof listIsolationFindingsContract>) =>
  queryOptions({
    queryKey: [listIsolationFindingsContract.id, input],
    queryFn: ({ signal }) => call(listIsolationFindingsContract, input, { signal }),
    placeholderData: keepPreviousData,
  });

/** As many of a tenant's open leaks as its own page tells. */
export const openLeaksQuery = (tenant: string) => leaksQuery(openLeaks(tenant));

/** What is asked for by `openLeaksQuery`. */
export const openLeaks = (tenant: string) => ({ tenant, state: "open" as const, pageSize: 3 });
