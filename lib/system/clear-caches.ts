import { operation } from "@/lib/gate/operation";
import { type CacheName, cacheNames, clearCachesContract } from "./contract";
import { clearRedis } from "./redis-entries";

export const clearCaches = operation(clearCachesContract, async ({ db, note }, { caches }) => {
  const cleared: CacheName[] = caches.length === 0 ? [...cacheNames] : [...new Set(caches)];
  // Redis first: a process that forgets must not be told the old again by it.
  const removed = cleared.includes("redis") ? ((await clearRedis()) ?? null) : null;
  // With the transaction, so that what is in the audit trail was said, and the other way round.
  await db.$executeRaw`SELECT pg_notify('tenantry_processes', ${JSON.stringify({ clear: cleared })})`;
  note.after = { cleared, removed };
  return { cleared, removed, words: "Every process was told; each has forgotten within moments." };
});
