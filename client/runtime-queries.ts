import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { InputOf } from "@/lib/kernel/contract";
import { listPoolsContract, listProcessesContract, showHoldersContract } from "@/lib/processes/contract";
import { call } from "./call";

/** As often as processes report: fifty of them would make the stream busier than the reading is. */
const everyMs = 2000;

/** The app processes that use the runtime. */
export const processesQuery = (ended: boolean) =>
  queryOptions({
    queryKey: [listProcessesContract.id, ended],
    queryFn: ({ signal }) => call(listProcessesContract, { ended }, { signal }),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });

/** Tenants by the connections that app processes keep to them. */
export const poolsQuery = (input: InputOf<typeof listPoolsContract>) =>
  queryOptions({
    queryKey: [listPoolsContract.id, input],
    queryFn: ({ signal }) => call(listPoolsContract, input, { signal }),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  });

/** The app processes that keep connections to one tenant. */
export const holdersQuery = (id: string) =>
  queryOptions({
    queryKey: [showHoldersContract.id, id],
    queryFn: ({ signal }) => call(showHoldersContract, { id }, { signal }),
    refetchInterval: everyMs,
  });
