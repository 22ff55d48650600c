import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { tenantStatementsContract } from "@/lib/monitoring/contract-statements";
import { call } from "./call";

/** What runs in a tenant's database, asked of its server again every five seconds while somebody looks. */
export const statementsQuery = (id: string) =>
  queryOptions({
    queryKey: [tenantStatementsContract.id, id],
    queryFn: ({ signal }) => call(tenantStatementsContract, { id, limit: 10 }, { signal }),
    refetchInterval: 5000,
    placeholderData: keepPreviousData,
  });
