import { env } from "./env";
import { openRedis, type Redis } from "./redis";
import { within } from "./within";

/** The longest time, in milliseconds, for which what Redis holds of a tenant is believed. */
export const cachedMs = 15_000;

/** The longest that a transaction which announces a change may take until it commits. */
const transactionMs = 60_000;
const patienceMs = 250;

/**
 * Marks a tenant as changed for the runtimes' cache in Redis: whatever was read of it until `forMs` from now is not
 * believed. Does nothing where there is no Redis, and does not wait long for one that is away.
 */
export async function markTenantChanged(tenantId: string): Promise<void> {
  const redis = ownRedis();
  if (!redis) return;
  const marked = connected(redis).then(() => setMark(redis, tenantId, cachedMs + transactionMs));
  await within(patienceMs, marked).catch(() => undefined);
}

let held: Redis | undefined;

/** A connection of its own that keeps no program running: a command of the CLI makes its change and is done. */
function ownRedis(): Redis | null {
  const url = env().REDIS_URL;
  if (!url) return null;
  if (!held) {
    held = openRedis(url);
    held.unref();
  }
  return held;
}

/** Sets the mark itself, for so many milliseconds. */
export async function setMark(redis: Redis, tenantId: string, forMs: number): Promise<void> {
  await redis.set(markKey(tenantId), "1", { expiration: { type: "PX", value: forMs } });
}

/** Where the mark of a tenant stands. */
export function markKey(tenantId: string): string {
  return `tenantry:rt:changed:${tenantId}`;
}

/** A program that was just started connects in a moment; one whose Redis is away is not made to wait. */
async function connected(redis: Redis): Promise<void> {
  if (redis.isReady) return;
  await new Promise<void>((resolve, reject) => {
    redis.once("ready", resolve);
    redis.once("error", reject);
  });
}
