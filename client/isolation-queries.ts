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
