import { queryOptions } from "@tanstack/react-query";
import { diagnoseContract, orphansContract } from "@/lib/fleet/contract";
import { healthContract } from "@/lib/system/contract";
import { call } from "./call";

/** Each part of Tenantry, looked at again each quarter of a minute. */
export const healthQuery = () =>
  queryOptions({
    queryKey: [healthContract.id],
    queryFn: ({ signal }) => call(healthContract, {}, { signal }),
    refetchInterval: 15_000,
  });

/** What is wrong with the fleet: asked for, since every server is asked. */
export const diagnosisQuery = () =>
  queryOptions({
    queryKey: [diagnoseContract.id],
    queryFn: ({ signal }) => call(diagnoseContract, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What on the servers no tenant has: asked for, as the diagnosis. */
export const orphansQuery = () =>
  queryOptions({
    queryKey: [orphansContract.id],
    queryFn: ({ signal }) => call(orphansContract, {}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
