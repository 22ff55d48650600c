import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { fleetSeriesContract, type LiveMessage, overviewContract, tenantSeriesContract } from "@/lib/metrics/contract";
import { listServersContract } from "@/lib/servers/contract";
import {
  listActivitiesContract,
  listTenantStepsContract,
  listTenantsContract,
  showTenantContract,
} from "@/lib/tenants/contract";
import { applyTick } from "./apply-tick";

const gatherMs = 300;
const soonMs = 15_000;
const laterMs = 60_000;

/** Writes the stream into the query cache: figures at once, what must be read again gathered into few requests. */
export function liveWriter(cache: QueryClient) {
  const pending = new Map<string, QueryKey>();

  function flush(): void {
    const keys = [...pending.values()];
    pending.clear();
    for (const queryKey of keys) void cache.invalidateQueries({ queryKey });
  }

  function readAgain(keys: QueryKey[]): void {
    if (pending.size === 0) setTimeout(flush, gatherMs);
    for (const key of keys) pending.set(JSON.stringify(key), key);
  }

  function write(message: LiveMessage): void {
    if (message.type === "tick") applyTick(cache, message);
    else if (message.type === "reset") void cache.invalidateQueries();
    else if (message.type === "tenant") readAgain(tenantKeys(message.tenantId));
    else if (message.type === "activity") readAgain(activityKeys(message.tenantId));
  }

  return { write, heal: () => heal(readAgain) };
}

function tenantKeys(id: string): QueryKey[] {
  return [
    [listTenantsContract.id],
    [showTenantContract.id, id],
    [listTenantStepsContract.id, id],
    [overviewContract.id],
    [listServersContract.id],
  ];
}

function activityKeys(id: string): QueryKey[] {
  return [
    [listActivitiesContract.id, id],
    [listActivitiesContract.id, "all"],
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
