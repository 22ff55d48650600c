import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { analyticsActivitiesContract, signInsContract } from "@/lib/analytics/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { call } from "./call";

/** What happened in the fleet over a period, newest first, page by page; each page tells the counts as well. */
export const fleetActivitiesQuery = (input: InputOf<typeof analyticsActivitiesContract>) =>
  infiniteQueryOptions({
    queryKey: [analyticsActivitiesContract.id, input],
    queryFn: ({ signal, pageParam }) =>
      call(analyticsActivitiesContract, { ...input, ...(pageParam !== null && { cursor: pageParam }) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });

/** Sign-ins of tenants' own users over a period. */
export const signInsQuery = (input: InputOf<typeof signInsContract>) =>
  queryOptions({
    queryKey: [signInsContract.id, input],
    queryFn: ({ signal }) => call(signInsContract, input, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
