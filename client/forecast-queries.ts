import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { anomaliesContract, capacityContract, forecastContract, neighboursContract } from "@/lib/forecast/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { call } from "./call";

/** When servers and tenants reach their limits; or one of them with its history and band. */
export const forecastQuery = (input: InputOf<typeof forecastContract>) =>
  queryOptions({
    queryKey: [forecastContract.id, input],
    queryFn: ({ signal }) => call(forecastContract, input, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** How full each server is. */
export const capacityQuery = (input: InputOf<typeof capacityContract>) =>
  queryOptions({
    queryKey: [capacityContract.id, input],
    queryFn: ({ signal }) => call(capacityContract, input, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

/** One page of what was out of the ordinary. */
export const anomaliesQuery = (input: InputOf<typeof anomaliesContract>) =>
  queryOptions({
    queryKey: [anomaliesContract.id, input],
    queryFn: ({ signal }) => call(anomaliesContract, input, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

/** Whose rise in use goes with whose rise in response time on a server. */
export const neighboursQuery = (input: InputOf<typeof neighboursContract>) =>
  queryOptions({
    queryKey: [neighboursContract.id, input],
    queryFn: ({ signal }) => call(neighboursContract, input, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
