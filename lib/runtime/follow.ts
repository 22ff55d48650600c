import { log } from "@/lib/platform/log";
import { listen } from "@/lib/platform/notify";
import { clearedCaches } from "@/lib/platform/process-words";
import type { TenantPools } from "./pools";
import type { RedisLayer } from "./redis-layer";
import type { Resolver } from "./resolve";
import type { Support } from "./support";

type Followers = { resolver: Resolver; pools: TenantPools; support: Support; redis: RedisLayer | null };

/**
 * Follows announcements of changed tenants; after a lost connection, or when somebody clears this cache, everything is
 * looked up again.
 */
export function follow({ resolver, pools, support, redis }: Followers, signal: AbortSignal): void {
  const renew = async (id: string) => {
    const tenant = await resolver.byId(id);
    if (tenant?.status !== "active" || pools.differs(tenant)) pools.retire(id);
  };
  const onMessage = (channel: string, id: string) => {
    if (channel === "tenantry_processes") {
      if (clearedCaches(id).includes("resolutions")) resolver.missed();
      return;
    }
    resolver.changed(id);
    support.changed(id);
    if (!pools.has(id)) return;
    renew(id).catch((error: unknown) => log().warn({ error: String(error), tenant: id }, "a change was not followed"));
  };
  const onConnected = () => {
    resolver.missed();
    support.missed();
    redis?.listening(true);
  };
  listen(
    ["tenantry_tenant", "tenantry_processes"],
    { onMessage, onConnected, onLost: () => redis?.listening(false) },
    signal,
  );
}
