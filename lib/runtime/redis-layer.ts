import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock } from "@/lib/kernel/clock";
import { derivedKey } from "@/lib/platform/crypto";
import { type Redis, tellAway } from "@/lib/platform/redis";
import { cachedMs, markKey, setMark } from "@/lib/platform/tenant-marks";
import { within } from "@/lib/platform/within";
import type { RuntimeTenant } from "./tenant";

/**
 * What many processes remember together, between memory and the registry. An entry is never believed once its tenant
 * changed: each change leaves a mark that outlives everything read before it.
 */
export type RedisLayer = {
  /** The tenant of a key such as "slug:acme", from Redis or, when it does not know for sure, from `read`. */
  through: (key: string, read: () => Promise<RuntimeTenant | null>) => Promise<RuntimeTenant | null>;
  /** How old a record was when it came from here, in milliseconds. */
  ageOf: (tenant: RuntimeTenant) => number;
  changed: (tenantId: string) => void;
  /** Whether changes are heard of: while they are not, and for a while after, Redis is not read. */
  listening: (yes: boolean) => void;
  hits: () => number;
};

type LayerOptions = { redis: Redis; clock: Clock; recheckMs: number };

/** How long Redis may take, and how long it is left alone after it did not answer. */
const patienceMs = 100;
const restMs = 1000;
/** What a mark outlives the entries by: time to write them. */
const slackMs = 1000;

/** Makes the layer over a connection to Redis. Without Redis, or while it is away, everything is read as if it were not there. */
export function createRedisLayer({ redis, clock, recheckMs }: LayerOptions): RedisLayer {
  const lifeMs = Math.min(recheckMs, cachedMs);
  const access = new Access(redis, clock);
  const changes = new Changes(clock, lifeMs + slackMs);
  const key = derivedKey("runtime cache");
  const ages = new WeakMap<RuntimeTenant, number>();
  let hits = 0;

  const take = async (name: string, seen: Seen): Promise<RuntimeTenant | null> => {
    const entry = seen.text === null ? null : openEntry(key, name, seen.text);
    if (!entry || entry.until <= seen.now || entry.until > seen.now + lifeMs || !changes.trusts(entry.tenant.id))
      return null;
    // The mark is asked for after the entry: a change in between has left one.
    const marks = await access.ask(() => redis.exists(markKey(entry.tenant.id)));
    if (marks !== 0 || !changes.trusts(entry.tenant.id)) return null;
    hits++;
    ages.set(entry.tenant, recheckMs - (entry.until - seen.now));
    return entry.tenant;
  };
  const keep = (name: string, tenant: RuntimeTenant, readAt: number): void => {
    if (!changes.trusts(tenant.id)) return;
    const value = readAt + lifeMs;
    const text = sealEntry(key, name, { tenant, until: value });
    // An hour of the clock and not a length of time: whoever writes late writes what is over at once.
    void access.ask(() => redis.set(name, text, { expiration: { type: "PXAT", value } }));
  };
  const mark = (tenantId: string, forMs: number): void => {
    if (redis.isReady) setMark(redis, tenantId, forMs).catch(() => undefined);
  };
  // Marks that Redis did not get while it was away; its entries may have outlived that.
  redis.on("ready", () => changes.each(mark));
  return {
    through: async (asked, read) => {
      const name = `tenantry:rt:${asked}`;
      const seen = changes.heard() ? await access.ask(() => look(redis, name)) : null;
      if (!seen) return await read();
      const known = await take(name, seen);
      if (known) return known;
      const tenant = await read();
      if (tenant) keep(name, tenant, seen.now);
      return tenant;
    },
    ageOf: (tenant) => ages.get(tenant) ?? 0,
    changed: (tenantId) => {
      changes.add(tenantId);
      mark(tenantId, lifeMs + slackMs);
    },
    listening: (yes) => changes.listen(yes),
    hits: () => hits,
  };
}

/** What stands at a key, and what time it is in Redis, whose clock alone counts for what is kept there. */
type Seen = { text: string | null; now: number };

async function look(redis: Redis, name: string): Promise<Seen> {
  const [[seconds, micros], text] = await Promise.all([redis.time(), redis.get(name)]);
  return { text, now: Number(seconds) * 1000 + Math.floor(Number(micros) / 1000) };
}

type Entry = { tenant: RuntimeTenant; until: number };

/** Signed with its own name: who can write into Redis can't lead a tenant to another's database. */
function sealEntry(key: string, name: string, entry: Entry): string {
  const text = JSON.stringify(entry);
  return `${sign(key, name, text)}${text}`;
}

function openEntry(key: string, name: string, sealed: string): Entry | null {
  const text = sealed.slice(signLength);
  const [given, wanted] = [Buffer.from(sealed.slice(0, signLength)), Buffer.from(sign(key, name, text))];
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
  const entry: Entry = JSON.parse(text);
  return entry;
}

const signLength = 43;

function sign(key: string, name: string, text: string): string {
  return createHmac("sha256", key).update(`${name}\n${text}`).digest("base64url");
}

/** Which tenants changed lately, and whether changes are heard of at all. */
class Changes {
  readonly #clock: Clock;
  readonly #forMs: number;
  readonly #until = new Map<string, number>();
  #heardFrom: number | null = null;
  #before = false;

  constructor(clock: Clock, forMs: number) {
    this.#clock = clock;
    this.#forMs = forMs;
  }

  add(tenantId: string): void {
    const now = this.#clock().getTime();
    for (const [id, until] of this.#until) {
      if (until > now) break;
      this.#until.delete(id);
    }
    this.#until.delete(tenantId);
    this.#until.set(tenantId, now + this.#forMs);
  }

  /** Every tenant that changed lately, and for how many milliseconds more that counts. */
  each(tell: (tenantId: string, forMs: number) => void): void {
    const now = this.#clock().getTime();
    for (const [id, until] of this.#until) if (until > now) tell(id, until - now);
  }

  listen(yes: boolean): void {
    // What was changed while nobody here listened may have left no mark: wait until all that was read before is over.
    this.#heardFrom = yes ? this.#clock().getTime() + (this.#before ? this.#forMs : 0) : null;
    this.#before ||= yes;
  }

  heard(): boolean {
    return this.#heardFrom !== null && this.#clock().getTime() >= this.#heardFrom;
  }

  trusts(tenantId: string): boolean {
    return this.heard() && (this.#until.get(tenantId) ?? 0) <= this.#clock().getTime();
  }
}

/** Asks Redis with little patience, and leaves it alone for a second after it failed. */
class Access {
  readonly #redis: Redis;
  readonly #clock: Clock;
  #restsUntil = 0;

  constructor(redis: Redis, clock: Clock) {
    this.#redis = redis;
    this.#clock = clock;
  }

  async ask<Answer>(question: () => Promise<Answer>): Promise<Answer | null> {
    const now = this.#clock().getTime();
    if (!this.#redis.isReady || now < this.#restsUntil) return null;
    try {
      return await within(patienceMs, question());
    } catch (error) {
      this.#restsUntil = now + restMs;
      tellAway(error);
      return null;
    }
  }
}
