import type { Db } from "@/lib/platform/prisma";
import { limitsOf } from "@/lib/tenants/limits";
import type { ForecastMetric } from "./daily-series";

/** A limit with where it comes from, in words. */
export type Limit = { limit: number; source: string };

/** Columns of a server that say what it can hold. */
type Capacity = { storageCapacityMb: number | null; diskTotalMb: number | null; maxConnections: number | null };

/** What a server can hold; null where nobody knows. */
export function serverLimit(server: Capacity, metric: ForecastMetric): Limit | null {
  if (metric === "connections")
    return found(server.maxConnections, "max_connections of the server, as PostgreSQL says it");
  return (
    found(server.storageCapacityMb, "the server's capacity, as an administrator entered it") ??
    found(server.diskTotalMb, "the size of the disk under the server's data, as measured; other things lie there too")
  );
}

const tenantSources = {
  storage: "the tenant's limit of storage, which is watched; PostgreSQL itself does not hold the tenant to it",
  connections: "the tenant's limit of connections, which PostgreSQL holds its role to",
};

/** What a tenant may use, by its settings; null where it has no limit. */
export function tenantLimit(settings: unknown, metric: ForecastMetric): Limit | null {
  const { storageMb, connections } = limitsOf(settings);
  return found(metric === "storage" ? storageMb : connections, tenantSources[metric]);
}

function found(limit: number | null, source: string): Limit | null {
  return limit === null ? null : { limit, source };
}

/** The servers of the fleet, or one. */
export async function servers(db: Db, id?: string) {
  return await db.server.findMany({ where: { removedAt: null, ...(id && { id }) }, orderBy: { name: "asc" } });
}
