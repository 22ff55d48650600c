import type { Clock } from "@/lib/kernel/clock";
import { LookupCache } from "./cache";
import type { RedisLayer } from "./redis-layer";
import { isId, type TenantName } from "./resolvers";
import type { RuntimeTenant } from "./tenant";

type ResolverOptions = {
  /** Asks the registry. */
  find: (name: TenantName) => Promise<RuntimeTenant | null>;
  /** What stands between memory and the registry; null without Redis. */
  redis?: RedisLayer | null;
  clock: Clock;
  /** Milliseconds after which a tenant is looked up again, should a notification have been lost. */
  recheckMs: number;
};

const absentMs = 5000;
const outageMs = 600_000;
const limit = 10_000;

/** From what a request names to tenants, through memory. */
export type Resolver = {
  /** The tenant of a name, whatever its status; null when there is none. At once when memory knows. */
  find: (name: TenantName) => RuntimeTenant | null | Promise<RuntimeTenant | null>;
  /** The tenant as it is now, whatever its status; null when it is gone. */
  byId: (id: string) => Promise<RuntimeTenant | null>;
  /** Something about a tenant changed: it is looked up at its next use. */
  changed: (id: string) => void;
  /** Changes may have been missed: everything is looked up at its next use. */
  missed: () => void;
  stats: () => ResolverStats;
};

/** How often a tenant was asked for since the start, and where the answer came from when PostgreSQL was not asked. */
export type ResolverStats = { lookups: number; memoryHits: number; redisHits: number };

/** Makes a resolver: one lookup a key however many ask, absences remembered, re-checked after `recheckMs`. */
export function createResolver({ find, redis = null, clock, recheckMs }: ResolverOptions): Resolver {
  const look = async (kind: "slug" | "hostname" | "id", key: string) => {
    const read = () => find(kind === "slug" ? { slug: key } : kind === "hostname" ? { hostname: key } : { id: key });
    return redis ? await redis.through(`${kind}:${key}`, read) : await read();
  };
  const shared = { clock, freshMs: recheckMs, absentMs, outageMs, limit, ...(redis && { ageOf: redis.ageOf }) };
  const bySlug = new LookupCache({ load: (slug) => look("slug", slug), ...shared });
  const byHostname = new LookupCache({ load: (hostname) => look("hostname", hostname), ...shared });
  const byId = new LookupCache({ load: (id) => look("id", id), ...shared });
  const caches = [bySlug, byHostname, byId];
  return {
    find: (name) => {
      if ("slug" in name) return bySlug.find(name.slug);
      if ("hostname" in name) return byHostname.find(name.hostname);
      return isId(name.id) ? byId.find(name.id) : null;
    },
    byId: async (id) => (isId(id) ? await byId.get(id) : null),
    changed: (id) => {
      redis?.changed(id);
      for (const cache of caches) cache.forget((tenant) => tenant.id === id);
    },
    missed: () => {
      for (const cache of caches) cache.expire();
    },
    stats: () => ({
      lookups: sum(caches, "lookups"),
      memoryHits: sum(caches, "hits"),
      redisHits: redis?.hits() ?? 0,
    }),
  };
}

function sum(caches: readonly LookupCache<RuntimeTenant>[], what: "lookups" | "hits"): number {
  return caches.reduce((total, cache) => total + cache[what], 0);
}
