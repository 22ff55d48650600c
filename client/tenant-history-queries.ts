import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { analyticsCompareContract, analyticsTenantContract } from "@/lib/analytics/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { call } from "./call";

const minuteMs = 60_000;

/** One tenant's history; where it ends now it is asked again each minute. */
export const tenantHistoryQuery = (input: InputOf<typeof analyticsTenantContract>) =>
  queryOptions({
    queryKey: [analyticsTenantContract.id, input],
    queryFn: ({ signal }) => call(analyticsTenantContract, input, { signal }),
    placeholderData: keepPreviousData,
    staleTime: minuteMs / 2,
    refetchInterval: input.to === undefined ? minuteMs : false,
  });

/** Some tenants on one chart; nothing is asked for fewer than two. */
export const compareQuery = (input: InputOf<typeof analyticsCompareContract>) =>
  queryOptions({
    queryKey: [analyticsCompareContract.id, input],
    queryFn: ({ signal }) => call(analyticsCompareContract, input, { signal }),
    placeholderData: keepPreviousData,
    staleTime: minuteMs / 2,
    refetchInterval: input.to === undefined ? minuteMs : false,
    enabled: input.tenant.length > 1,
  });
