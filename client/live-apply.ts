import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { itemLogContract, listItemsContract, listRunsContract, showRunContract } from "@/lib/bulk/contract";
import { listDomainsContract } from "@/lib/domains/contract";
import { isolationOverviewContract, listIsolationFindingsContract } from "@/lib/isolation/contract";
import { showMaintenanceContract } from "@/lib/maintenance/contract";
import { fleetSeriesContract, type LiveMessage, overviewContract, tenantSeriesContract } from "@/lib/metrics/contract";
import { listServersContract } from "@/lib/servers/contract";
import { listSupportContract } from "@/lib/support/contract";
import { listTenantsContract, showTenantContract } from "@/lib/tenants/contract";
import { listActivitiesContract } from "@/lib/tenants/contract-activities";
import { listTenantStepsContract } from "@/lib/tenants/contract-life";
import { applyTick } from "./apply-tick";

const gatherMs = 300;
const gatherRunsMs = 1000;
const soonMs = 15_000;
const laterMs = 60_000;

/** Writes the stream into the query cache: figures at once, what must be read again gathered into few requests. */
export function liveWriter(cache: QueryClient) {
  const readAgain = gatherer(cache, gatherMs);
  // A run at work is told of several times a second, and its page holds much: it is read again once a second.
  const readRunAgain = gatherer(cache, gatherRunsMs);

  function write(message: LiveMessage): void {
    if (message.type === "tick") applyTick(cache, message);
    else if (message.type === "reset") void cache.invalidateQueries();
    else if (message.type === "tenant") readAgain(tenantKeys(message.tenantId));
    else if (message.type === "activity") readAgain(activityKeys(message.tenantId));
    else if (message.type === "isolation") readAgain(isolationKeys);
    else if (message.type === "bulk") readRunAgain(runKeys(message.runId));
  }

  return { write, heal: () => heal(readAgain) };
}

/** Gathers what must be read again, each thing once, until `ms` after the first of it was told. */
function gatherer(cache: QueryClient, ms: number): (keys: QueryKey[]) => void {
  const pending = new Map<string, QueryKey>();

  function flush(): void {
    const keys = [...pending.values()];
    pending.clear();
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  }

  return (keys) => {
    if (pending.size === 0) setTimeout(flush, ms);
    for (const key of keys) pending.set(JSON.stringify(key), key);
  };
}

function runKeys(id: string): QueryKey[] {
  return [[showRunContract.id, id], [listItemsContract.id, id], [itemLogContract.id, id], [listRunsContract.id]];
}

const isolationKeys: QueryKey[] = [[isolationOverviewContract.id], [listIsolationFindingsContract.id]];

function tenantKeys(id: string): QueryKey[] {
  return [
    [listTenantsContract.id],
    [showTenantContract.id, id],
    [listTenantStepsContract.id, id],
    [listDomainsContract.id, id],
    [showMaintenanceContract.id, id],
    [listSupportContract.id, id],
    [overviewContract.id],
    [listServersContract.id],
  ];
}

function activityKeys(id: string): QueryKey[] {
  return [
    [listActivitiesContract.id, id],
    [listActivitiesContract.id, "all"],
    [listSupportContract.id, id],
  ];
}

/** The stream moves figures in place; now and then order, membership and averages are read anew. */
function heal(readAgain: (keys: QueryKey[]) => void): () => void {
  const soon = setInterval(() => {
    if (document.hidden) return;
    readAgain([[overviewContract.id], [listTenantsContract.id], [listServersContract.id]]);
  }, soonMs);
  const later = setInterval(() => {
    if (!document.hidden) readAgain([[fleetSeriesContract.id], [tenantSeriesContract.id]]);
  }, laterMs);
  return () => {
    clearInterval(soon);
    clearInterval(later);
  };
}
