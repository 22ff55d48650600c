import { operation } from "@/lib/gate/operation";
import { silentSeconds } from "@/lib/kernel/metrics";
import { askProcesses, type Told } from "@/lib/platform/presence";
import type { Db } from "@/lib/platform/prisma";
import { type CacheName, type CacheView, cacheNames, listCachesContract } from "./contract";
import { countRedis } from "./redis-entries";

const words: Record<CacheName, string> = {
  answers: "answers about many tenants, for seconds",
  "data-keys": "data keys that were opened; their ids are never used again",
  resolutions: "from slugs and host names to tenants, in app processes",
  redis: "the same, shared by app processes, for 15 s",
};

export const listCaches = operation(listCachesContract, async ({ db, now }) => {
  const { told, silent } = await askProcesses();
  const redis = await countRedis();
  return {
    caches: [
      ...told.flatMap(ownCaches),
      ...(await resolutions(db)),
      ...(redis === undefined ? [] : [sharedCache(redis)]),
    ],
    silent,
    at: now().toISOString(),
  };
});

function ownCaches({ caches, kind, host, pid }: Told): CacheView[] {
  return caches.flatMap(({ name, oldestAt, ...figures }) => {
    const known = cacheNames.find((one) => one === name);
    if (!known) return [];
    const at = oldestAt === null ? null : new Date(oldestAt).toISOString();
    return { name: known, words: words[known], holder: `${kind} ${host} (${pid})`, ...figures, oldestAt: at };
  });
}

type AppCache = { app: string; host: string; pid: number; hits: number; misses: number };

/** App processes tell how often memory knew; how much it holds they do not. */
async function resolutions(db: Db): Promise<CacheView[]> {
  const rows = await db.$queryRaw<AppCache[]>`
    SELECT app, host, pid, memory_hits::float8 AS hits, (lookups - memory_hits)::float8 AS misses
      FROM runtime_processes WHERE stopped_at IS NULL AND seen_at > now() - make_interval(secs => ${silentSeconds})
     ORDER BY app, host, pid`;
  return rows.map(({ app, host, pid, hits, misses }) => ({
    name: "resolutions",
    words: words.resolutions,
    holder: `${app} ${host} (${pid})`,
    ...{ entries: null, bytes: null, hits, misses, oldestAt: null },
  }));
}

function sharedCache(entries: number | null): CacheView {
  const unknown = { bytes: null, hits: null, misses: null, oldestAt: null };
  return { name: "redis", words: words.redis, holder: "Redis", entries, ...unknown };
}
