import { type Redis, sharedRedis } from "@/lib/platform/redis";
import { within } from "@/lib/platform/within";

/** Where the runtimes' records stand in Redis; the marks of changed tenants stand beside them and stay. */
const records = ["slug", "hostname", "id"].map((kind) => `tenantry:rt:${kind}:*`);

const patienceMs = 5000;

/** How many records of tenants Redis holds; null when it does not answer, undefined without one. */
export async function countRedis(): Promise<number | null | undefined> {
  return await each(async () => undefined);
}

/** Removes the records and tells how many; null when Redis does not answer, undefined without one. */
export async function clearRedis(): Promise<number | null | undefined> {
  return await each(async (redis, keys) => void (await redis.unlink(keys)));
}

async function each(use: (redis: Redis, keys: string[]) => Promise<void>): Promise<number | null | undefined> {
  const redis = sharedRedis();
  if (!redis) return undefined;
  return await within(patienceMs, walk(redis, use)).catch(() => null);
}

async function walk(redis: Redis, use: (redis: Redis, keys: string[]) => Promise<void>): Promise<number> {
  let count = 0;
  for (const MATCH of records) {
    for await (const keys of redis.scanIterator({ MATCH, COUNT: 500 })) {
      if (keys.length === 0) continue;
      await use(redis, keys);
      count += keys.length;
    }
  }
  return count;
}
