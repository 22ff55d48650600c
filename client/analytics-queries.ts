import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  analyticsCpuContract,
  analyticsGrowthContract,
  analyticsHeatmapContract,
  analyticsMemoryContract,
  analyticsOverviewContract,
  analyticsPerformanceContract,
  analyticsRequestsContract,
  analyticsStorageContract,
  analyticsTenantsContract,
} from "@/lib/analytics/contract";
import type { Contract, InputOf, OutputOf } from "@/lib/kernel/contract";
import { call } from "./call";

const minuteMs = 60_000;

type Ends = { to?: string | undefined };

/** A question about a period: one that ends now is asked again each minute, since that often there is news. */
function over<C extends Contract>(contract: C, input: InputOf<C> & Ends) {
  return queryOptions({
    queryKey: [contract.id, input] as const,
    queryFn: ({ signal }): Promise<OutputOf<C>> => call(contract, input, { signal }),
    placeholderData: keepPreviousData,
    staleTime: minuteMs / 2,
    refetchInterval: input.to === undefined ? minuteMs : false,
  });
}

/** The fleet over a period, and who moved. */
export const analyticsOverviewQuery = (input: InputOf<typeof analyticsOverviewContract>) =>
  over(analyticsOverviewContract, input);

/** Which tenant used how much. */
export const analyticsTenantsQuery = (input: InputOf<typeof analyticsTenantsContract>) =>
  over(analyticsTenantsContract, input);

const resourceContracts = {
  cpu: analyticsCpuContract,
  memory: analyticsMemoryContract,
  storage: analyticsStorageContract,
  requests: analyticsRequestsContract,
};

/** What is shared out among tenants, and has a page of its own. */
export type UseName = keyof typeof resourceContracts;

/** One resource: who used it, and how it is spread. */
export const analyticsUseQuery = (name: UseName, input: InputOf<typeof analyticsCpuContract>) =>
  over(resourceContracts[name], input);

/** How fast tenants were served. */
export const analyticsPerformanceQuery = (input: InputOf<typeof analyticsPerformanceContract>) =>
  over(analyticsPerformanceContract, input);

/** Tenants by time. */
export const analyticsHeatmapQuery = (input: InputOf<typeof analyticsHeatmapContract>) =>
  over(analyticsHeatmapContract, input);

/** How the fleet grows. */
export const analyticsGrowthQuery = (input: InputOf<typeof analyticsGrowthContract>) =>
  over(analyticsGrowthContract, input);
