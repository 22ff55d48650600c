import type { Clock } from "@/lib/kernel/clock";
import { LookupCache } from "./cache";
import { type HostQuery, readHost } from "./host";
import { admit } from "./refusal";
import type { RuntimeTenant } from "./tenant";

type ResolverOptions = {
  find: (query: HostQuery | { id: string }) => Promise<RuntimeTenant | null>;
  /** The domain under which each tenant has `{slug}.<base>`. */
  baseDomain: string;
  clock: Clock;
  /** Milliseconds after which a tenant is looked up again, should a notification have been lost. */
  recheckMs: number;
};

const absentMs = 5000;
const outageMs = 600_000;
const limit = 10_000;

/** From host names and ids to tenants, through memory. */
export type Resolver = {
  /** The active tenant at a Host header; throws `TenantRefusal` for an unknown host or any other status. */
  resolve: (hostHeader: string | undefined) => Promise<RuntimeTenant>;
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
export function createResolver({ find, baseDomain, clock, recheckMs }: ResolverOptions): Resolver {
  const shared = { clock, freshMs: recheckMs, absentMs, outageMs, limit };
  const bySlug = new LookupCache({ load: (slug) => find({ slug }), ...shared });
  const byHostname = new LookupCache({ load: (hostname) => find({ hostname }), ...shared });
  const byId = new LookupCache({ load: (id) => find({ id }), ...shared });
  const caches = [bySlug, byHostname, byId];
  const base = baseDomain.toLowerCase();
  return {
    resolve: async (hostHeader) => {
      const query = readHost(hostHeader, base);
      if (query === null) return admit(null);
      return admit(await ("slug" in query ? bySlug.get(query.slug) : byHostname.get(query.hostname)));
    },
    byId: (id) => byId.get(id),
    changed: (id) => {
      for (const cache of caches) cache.forget((tenant) => tenant.id === id);
    },
    missed: () => {
      for (const cache of caches) cache.expire();
    },
    stats: () => ({ lookups: sum(caches, "lookups"), memoryHits: sum(caches, "hits"), redisHits: 0 }),
  };
}

function sum(caches: readonly LookupCache<RuntimeTenant>[], what: "lookups" | "hits"): number {
  return caches.reduce((total, cache) => total + cache[what], 0);
}
