import pg from "pg";
import { RateLimiterPostgres, RateLimiterRedis, RateLimiterRes } from "rate-limiter-flexible";
import type { Actor } from "@/lib/gate/context";
import { placeOf } from "@/lib/kernel/addresses";
import { AppError } from "@/lib/kernel/errors";
import { together } from "@/lib/kernel/together";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { sharedRedis } from "@/lib/platform/redis";

/** Whose requests are counted together. */
export type LimitedBy = "user" | "key" | "tenant" | "address";

/** A count: of what, under which name, and how many a minute there may be. */
export type Limit = { by: LimitedBy; id: string; perMinute: number };

/** The same of data points that apps send, of which a request has many. */
export type PointLimit = { by: "points"; id: string; perMinute: number };

/** Where a caller stands, for the RateLimit headers; beyond the limit, -1 remain. */
export type Standing = Limit & { remaining: number; resetSeconds: number };

const seconds = 60;

// Next's development server loads this module again on each change; one pool must stay.
const held = globalThis as { tenantryLimits?: { pool: pg.Pool; limiters: Map<string, Limiter> } | undefined };

type Limiter = Pick<RateLimiterPostgres, "consume">;

/** The limit that an actor's requests count against; null for the system. */
export function limitOf(actor: Actor, address: string | null): Limit | null {
  const { RATE_LIMIT_USER, RATE_LIMIT_KEY, RATE_LIMIT_ADDRESS } = env();
  if (actor.kind === "system") return null;
  if (actor.kind === "user") return { by: "user", id: actor.id, perMinute: RATE_LIMIT_USER };
  if (actor.kind === "key") return { by: "key", id: actor.id, perMinute: actor.rateLimit ?? RATE_LIMIT_KEY };
  return { by: "address", id: placeOf(address) ?? "unknown", perMinute: RATE_LIMIT_ADDRESS };
}

/** The limit of all programs' requests that concern one tenant. */
export function tenantLimit(tenantId: string): Limit {
  return { by: "tenant", id: tenantId.toLowerCase(), perMinute: env().RATE_LIMIT_TENANT };
}

/**
 * Counts a request and says where its caller stands. All web processes count together, in Redis where one is
 * configured, else in the control database. When neither can count, requests go on: the count protects, it is no door.
 */
export async function countRequest(limit: Limit): Promise<Standing | null> {
  const { answer, askers, place } = await counting(JSON.stringify([limit.by, limit.id, limit.perMinute]));
  if (!answer) return null;
  // Refused from memory, the library no longer tells how many requests there were.
  const counted = answer.consumedPoints > 0 ? answer.consumedPoints - askers + place : limit.perMinute + 1;
  const remaining = Math.max(-1, limit.perMinute - counted);
  return { ...limit, remaining, resetSeconds: secondsUntil(answer) };
}

/** Requests of one caller that come at once are counted together; null: nobody could count. */
const counting = together(async (key, requests): Promise<RateLimiterRes | null> => {
  const [by, id, perMinute] = JSON.parse(key) as [Limit["by"], string, number];
  try {
    return await limiter({ by, id, perMinute }).consume(id, requests);
  } catch (reason) {
    if (reason instanceof RateLimiterRes) return reason;
    log().warn({ error: String(reason), requests }, "requests could not be counted");
    return null;
  }
});

/**
 * Counts a request's data points and says how many of them are within the limit, and when there is room again. Like
 * requests, they go on when nobody can count.
 */
export async function countPoints(limit: PointLimit, points: number): Promise<{ fit: number; resetSeconds: number }> {
  try {
    await limiter(limit).consume(limit.id, points);
    return { fit: points, resetSeconds: 0 };
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) {
      log().warn({ error: String(reason) }, "data points could not be counted");
      return { fit: points, resetSeconds: 0 };
    }
    // Refused from memory, the library tells nothing of how many there were: then none fits.
    const over = reason.consumedPoints > 0 ? reason.consumedPoints - limit.perMinute : points;
    return { fit: Math.max(0, points - over), resetSeconds: secondsUntil(reason) };
  }
}

/** The error for a caller who has spent the limit, or undefined. */
export function overLimit({ by, perMinute, remaining, resetSeconds }: Standing): AppError | undefined {
  if (remaining >= 0) return undefined;
  const whose = { user: "You", key: "This API key", tenant: "All API keys together", address: "Your address" }[by];
  const may = by === "user" ? "may send" : "may have";
  return new AppError("limit", `${whose} ${may} ${perMinute} requests a minute. Wait ${resetSeconds} s.`, {
    retryAfter: resetSeconds,
    reason: "rate_limited",
  });
}

/** The RateLimit fields of draft-ietf-httpapi-ratelimit-headers-10: each limit's policy and what is left of it. */
export function limitHeaders(standings: readonly Standing[]): Record<string, string> {
  if (standings.length === 0) return {};
  return {
    "ratelimit-policy": standings.map(({ by, perMinute }) => `"${by}";q=${perMinute};w=${seconds}`).join(", "),
    ratelimit: standings
      .map(({ by, remaining, resetSeconds }) => `"${by}";r=${Math.max(0, remaining)};t=${resetSeconds}`)
      .join(", "),
  };
}

/** Closes the connections by which requests are counted. */
export async function stopCounting(): Promise<void> {
  const pool = held.tenantryLimits?.pool;
  held.tenantryLimits = undefined;
  await pool?.end();
}

function secondsUntil({ msBeforeNext }: Pick<RateLimiterRes, "msBeforeNext">): number {
  return Math.min(seconds, Math.max(1, Math.ceil(msBeforeNext / 1000)));
}

/** One limiter for each policy: the library's own keep the number of points. */
function limiter({ by, perMinute }: Limit | PointLimit): Limiter {
  held.tenantryLimits ??= { pool: newPool(), limiters: new Map() };
  const { pool, limiters } = held.tenantryLimits;
  const name = `${by}:${perMinute}`;
  const known = limiters.get(name);
  if (known) return known;
  // Whoever has spent the limit is refused from memory, without asking the store again.
  const options = { keyPrefix: by, points: perMinute, duration: seconds, inMemoryBlockOnConsumed: perMinute + 1 };
  const postgres = new RateLimiterPostgres({
    ...options,
    ...{ storeClient: pool, storeType: "pool", tableName: "rate_limits", tableCreated: true },
    clearExpiredByTimeout: false,
  });
  const redis = sharedRedis();
  const made = redis
    ? new RateLimiterRedis({ ...options, storeClient: redis, useRedisPackage: true, insuranceLimiter: postgres })
    : postgres;
  limiters.set(name, made);
  return made;
}

function newPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    ...{ max: 4, connectionTimeoutMillis: 2000, idleTimeoutMillis: 30_000, allowExitOnIdle: true },
    application_name: "tenantry",
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a counting connection was lost"));
  return pool;
}
