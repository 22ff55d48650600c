import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { listDomainsContract } from "@/lib/domains/contract";
import type { InputOf } from "@/lib/kernel/contract";
import { showMaintenanceContract } from "@/lib/maintenance/contract";
import {
  fleetSeriesContract,
  overviewContract,
  type Range,
  type ServerTick,
  tenantSeriesContract,
} from "@/lib/metrics/contract";
import { listServerDatabasesContract, listServersContract } from "@/lib/servers/contract";
import { listSupportContract } from "@/lib/support/contract";
import { listTenantsContract, showTenantContract, tenantFacetsContract } from "@/lib/tenants/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";
import { listTenantStepsContract } from "@/lib/tenants/contract-life";
import { call } from "./call";

/** The fleet's totals, counts, top tenants and health; the stream keeps it current. */
export const overviewQuery = () =>
  queryOptions({
    queryKey: [overviewContract.id],
    queryFn: ({ signal }) => call(overviewContract, {}, { signal }),
  });

/** The fleet's series over a range. */
export const fleetSeriesQuery = (range: Range) =>
  queryOptions({
    queryKey: [fleetSeriesContract.id, range],
    queryFn: ({ signal }) => call(fleetSeriesContract, { range }, { signal }),
    placeholderData: keepPreviousData,
  });

/** One page of the tenants' list. */
export const tenantsQuery = (input: InputOf<typeof listTenantsContract>) =>
  queryOptions({
    queryKey: [listTenantsContract.id, input],
    queryFn: ({ signal }) => call(listTenantsContract, input, { signal }),
    placeholderData: keepPreviousData,
  });

/** The regions, plans and tags there are, with how many tenants have each. */
export const tenantFacetsQuery = () =>
  queryOptions({
    queryKey: [tenantFacetsContract.id],
    queryFn: ({ signal }) => call(tenantFacetsContract, {}, { signal }),
  });

/** One tenant. */
export const tenantQuery = (id: string) =>
  queryOptions({
    queryKey: [showTenantContract.id, id],
    queryFn: ({ signal }) => call(showTenantContract, { id }, { signal }),
  });

/** One tenant's series over a range. */
export const tenantSeriesQuery = (id: string, range: Range) =>
  queryOptions({
    queryKey: [tenantSeriesContract.id, id, range],
    queryFn: ({ signal }) => call(tenantSeriesContract, { id, range }, { signal }),
    placeholderData: keepPreviousData,
  });

/** The steps of a tenant's provisioning or removal. */
export const tenantStepsQuery = (id: string) =>
  queryOptions({
    queryKey: [listTenantStepsContract.id, id],
    queryFn: ({ signal }) => call(listTenantStepsContract, { id }, { signal }),
  });

/** Whether a tenant's app is in maintenance, and what it says. */
export const maintenanceQuery = (id: string) =>
  queryOptions({
    queryKey: [showMaintenanceContract.id, id],
    queryFn: ({ signal }) => call(showMaintenanceContract, { id }, { signal }),
  });

/** Who opened a tenant's app as support. */
export const supportQuery = (id: string) =>
  queryOptions({
    queryKey: [listSupportContract.id, id],
    queryFn: ({ signal }) => call(listSupportContract, { id }, { signal }),
  });

/** A tenant's own domains; read again now and then while DNS is being asked about one. */
export const domainsQuery = (id: string) =>
  queryOptions({
    queryKey: [listDomainsContract.id, id],
    queryFn: ({ signal }) => call(listDomainsContract, { id }, { signal }),
    refetchInterval: ({ state }) => (state.data?.domains.some((one) => one.state === "pending") ? 30_000 : false),
  });

/** Activities, newest first, page by page; of one tenant or of all. */
export const activitiesQuery = (tenant: string | undefined, limit: number) =>
  infiniteQueryOptions({
    queryKey: [listActivitiesContract.id, tenant ?? "all", limit],
    queryFn: ({ signal, pageParam }) =>
      call(
        listActivitiesContract,
        { limit, ...(tenant !== undefined && { tenant }), ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** The fleet's servers. */
export const serversQuery = () =>
  queryOptions({
    queryKey: [listServersContract.id],
    queryFn: ({ signal }) => call(listServersContract, {}, { signal }),
  });

/** The databases of a server that can be adopted. */
export const serverDatabasesQuery = (id: string) =>
  queryOptions({
    queryKey: [listServerDatabasesContract.id, id],
    queryFn: ({ signal }) => call(listServerDatabasesContract, { id }, { signal }),
  });

/** The newest tick of each server, written by the stream alone. */
export const ticksQuery = () =>
  queryOptions<Readonly<Record<string, ServerTick>>>({
    queryKey: ["live.ticks"],
    queryFn: () => ({}),
    initialData: {},
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
