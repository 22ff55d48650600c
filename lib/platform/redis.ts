import { createClient } from "@redis/client";
import { env } from "./env";
import { log } from "./log";

/** A connection to Redis, which connects again by itself. */
export type Redis = ReturnType<typeof openRedis>;

const tellEveryMs = 60_000;
let toldAt = Number.NEGATIVE_INFINITY;

// Next's development server loads this module again on each change; one client must stay.
const held = globalThis as { tenantryRedis?: Redis | undefined };

/** The process's connection to the Redis that REDIS_URL names, which connects again by itself; null without one. */
export function sharedRedis(): Redis | null {
  const url = env().REDIS_URL;
  if (!url) return null;
  if (held.tenantryRedis) return held.tenantryRedis;
  held.tenantryRedis = openRedis(url);
  return held.tenantryRedis;
}

/** Opens a connection of one's own; `destroy` ends it. */
export function openRedis(url: string) {
  // Without a queue a command fails at once while Redis is away, and the caller does without.
  const client = createClient({ url, disableOfflineQueue: true, socket: { connectTimeout: 2000 } });
  client.on("error", tellAway);
  void client.connect().catch(() => undefined);
  return client;
}

/** Tells once a minute that Redis does not answer, however many connections to it there are. */
export function tellAway(error: unknown): void {
  if (performance.now() - toldAt < tellEveryMs) return;
  toldAt = performance.now();
  log().warn({ error: String(error) }, "Redis does not answer; it is done without");
}

/** Closes the process's connection to Redis. */
export function closeRedis(): void {
  held.tenantryRedis?.destroy();
  held.tenantryRedis = undefined;
}
