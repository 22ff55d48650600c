import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@/lib/kernel/clock";
import { wrongPassword } from "@/lib/platform/either-password";
import { endClient, openTenant, resetClient } from "./connection";
import { PoolCounts, type PoolStats, type TenantPoolStats } from "./counts";
import { addressOf, type RuntimeTenant, sameSecrets } from "./tenant";
import { type Slot, TenantPool } from "./tenant-pool";
import { type Grant, WaitingLine } from "./waiting";

export type PoolLimits = {
  /** The most connections to one tenant's database; 4 unless told. */
  perTenant?: number;
  /** The most connections over all tenants, those being opened or closed included; 60 unless told. */
  total?: number;
  /** Milliseconds to wait for a connection before `unavailable`; 5000 unless told. */
  waitMs?: number;
  /** The most requests that wait; 1000 unless told. */
  mostWaiting?: number;
  /** Milliseconds after which an unused connection is closed; 30,000 unless told. */
  idleMs?: number;
  /** Milliseconds after which PostgreSQL cancels a statement; 30,000 unless told. */
  statementMs?: number;
};

/** A connection on loan. */
export type Lease = {
  client: Slot["client"];
  /** Whether the connection was lost meanwhile. */
  broken: () => boolean;
  /** Gives the connection back; call it exactly once. */
  release: () => void;
};

type LookUp = (tenantId: string) => Promise<RuntimeTenant | null>;

/** One bounded set of connections over all tenants. */
export class TenantPools {
  readonly #limits: Required<PoolLimits>;
  readonly #clock: Clock;
  readonly #lookUp: LookUp;
  readonly #pools = new Map<string, TenantPool>();
  readonly #line: WaitingLine;
  readonly #closing = new Set<Promise<void>>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #counts: PoolCounts;
  #open = 0;
  #closed = false;

  /** `lookUp` finds a tenant's newest record, for when its password is refused. */
  constructor(limits: PoolLimits, clock: Clock, lookUp: LookUp = async () => null) {
    this.#lookUp = lookUp;
    const usual = { perTenant: 4, total: 60, waitMs: 5000, mostWaiting: 1000, idleMs: 30_000, statementMs: 30_000 };
    this.#limits = { ...usual, ...limits };
    this.#clock = clock;
    this.#counts = new PoolCounts(clock);
    this.#line = new WaitingLine(this.#limits.waitMs, this.#limits.mostWaiting);
    this.#sweeper = setInterval(() => this.sweep(), 1000).unref();
  }

  /** Lends a connection to a tenant's database. Throws `unavailable` when none is free in time or it can't be opened. */
  async acquire(tenant: RuntimeTenant): Promise<Lease> {
    if (this.#closed) throw new Error("The runtime is closed.");
    const pool = this.#poolOf(tenant);
    const grant = this.#offer(pool) ?? (await this.#wait(pool));
    if (grant !== "open") this.#counts.add(tenant.id, "reuses");
    return this.#lease(pool, grant === "open" ? await this.#connect(pool) : grant);
  }

  /** Ends a tenant's connections: idle ones now, lent ones when they come back; those who wait are sent away. */
  retire(tenantId: string): void {
    const pool = this.#pools.get(tenantId);
    if (!pool) return;
    pool.retired = true;
    this.#pools.delete(tenantId);
    for (const slot of pool.idle.splice(0)) this.#discard(pool, slot);
    this.#line.dismiss("The tenant was changed meanwhile; try again.", pool);
  }

  /** Whether connections to a tenant are kept whose address is no longer this one. */
  differs(tenant: RuntimeTenant): boolean {
    const pool = this.#pools.get(tenant.id);
    return pool !== undefined && pool.address !== addressOf(tenant);
  }

  /** Whether anything is kept for a tenant. */
  has(tenantId: string): boolean {
    return this.#pools.has(tenantId);
  }

  /** Closes what nobody used for `idleMs`; runs by itself each second. */
  sweep(): void {
    const oldest = this.#clock().getTime() - this.#limits.idleMs;
    for (const pool of this.#pools.values())
      for (const slot of [...pool.idle]) if (slot.idleSince <= oldest) this.#evict(pool, slot);
  }

  stats(): PoolStats {
    const idle = [...this.#pools.values()].reduce((sum, pool) => sum + pool.idle.length, 0);
    return { open: this.#open, idle, waiting: this.#line.length, tenants: this.#pools.size, ...this.#counts.total };
  }

  /** The same for each tenant of which something is kept, or was counted in the last minute. */
  perTenant(): TenantPoolStats[] {
    const counts = this.#counts.perTenant((tenantId) => this.#pools.has(tenantId));
    return [...counts].map(([tenantId, counted]) => {
      const pool = this.#pools.get(tenantId);
      const waiting = pool ? this.#line.count((other) => other === pool) : 0;
      return { tenantId, open: pool?.size ?? 0, idle: pool?.idle.length ?? 0, waiting, ...counted };
    });
  }

  /** Sends away who waits, gives lent connections `graceMs` to come back, and closes everything. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweeper);
    this.#line.dismiss("The application is stopping.");
    for (const id of [...this.#pools.keys()]) this.retire(id);
    for (let waited = 0; this.#open > this.#closing.size && waited < graceMs; waited += 20) await delay(20);
    await Promise.all(this.#closing);
  }

  #poolOf(tenant: RuntimeTenant): TenantPool {
    if (this.differs(tenant)) this.retire(tenant.id);
    let pool = this.#pools.get(tenant.id);
    if (pool) pool.tenant = tenant;
    else {
      pool = new TenantPool(tenant);
      this.#pools.set(tenant.id, pool);
    }
    return pool;
  }

  /** What the limits allow at this moment, already counted. */
  #offer(pool: TenantPool): Grant | undefined {
    const slot = pool.take();
    if (slot) return slot;
    // A reset takes less time than opening another connection, and PostgreSQL's memory is dearer than the wait.
    if (pool.returning > 0) return undefined;
    if (pool.size >= this.#limits.perTenant || this.#open >= this.#limits.total) return undefined;
    pool.size++;
    this.#open++;
    return "open";
  }

  async #wait(pool: TenantPool): Promise<Grant> {
    const { id } = pool.tenant;
    this.#counts.add(id, "waits");
    const started = performance.now();
    const grant = this.#line.join(pool, () => this.#counts.add(id, "timeouts"));
    this.#serve();
    try {
      return await grant;
    } finally {
      this.#counts.add(id, "waitMs", performance.now() - started);
    }
  }

  /** Serves the line; where only the total stands in the way, the connections unused for longest make room. */
  #serve(): void {
    this.#line.serve((pool) => this.#offer(pool));
    if (this.#open < this.#limits.total) return;
    const wanted = this.#line.count((pool) => pool.size < this.#limits.perTenant && pool.returning === 0);
    for (let room = this.#closing.size; room < wanted; room++) {
      const oldest = this.#leastRecentlyUsed();
      if (!oldest) return;
      this.#evict(...oldest);
    }
  }

  #leastRecentlyUsed(): [TenantPool, Slot] | undefined {
    let oldest: [TenantPool, Slot] | undefined;
    for (const pool of this.#pools.values()) {
      const slot = pool.idle[0];
      if (slot && (!oldest || slot.idleSince < oldest[1].idleSince)) oldest = [pool, slot];
    }
    return oldest;
  }

  async #connect(pool: TenantPool): Promise<Slot> {
    this.#counts.add(pool.tenant.id, "connects");
    try {
      const client = await this.#openPool(pool);
      const slot: Slot = { client, idleSince: 0, broken: false, closing: false };
      client.once("end", () => this.#lost(pool, slot));
      client.once("error", () => this.#lost(pool, slot));
      return slot;
    } catch (error) {
      this.#gone(pool);
      throw error;
    }
  }

  /** The password may have been changed since the tenant was looked up: then once more, by its newest record. */
  async #openPool(pool: TenantPool): Promise<Slot["client"]> {
    const used = pool.tenant;
    try {
      return await openTenant(used, this.#limits.statementMs);
    } catch (error) {
      if (!wrongPassword(error)) throw error;
      const newest = await this.#lookUp(used.id);
      if (!newest || addressOf(newest) !== pool.address || sameSecrets(newest, used)) throw error;
      pool.tenant = newest;
      return await openTenant(newest, this.#limits.statementMs);
    }
  }

  #lease(pool: TenantPool, slot: Slot): Lease {
    const release = () => void this.#giveBack(pool, slot);
    return { client: slot.client, broken: () => slot.broken, release };
  }

  async #giveBack(pool: TenantPool, slot: Slot): Promise<void> {
    pool.returning++;
    const kept = !slot.broken && !pool.retired && (await resetClient(slot.client));
    pool.returning--;
    if (kept && !slot.broken && !pool.retired) {
      slot.idleSince = this.#clock().getTime();
      pool.idle.push(slot);
    } else {
      if (!kept && !slot.broken && !pool.retired) this.#counts.total.losses++;
      this.#discard(pool, slot);
    }
    this.#serve();
  }

  #lost(pool: TenantPool, slot: Slot): void {
    // An error is followed by the end; a connection that is closed on purpose ends as well.
    if (!slot.broken && !slot.closing) this.#counts.total.losses++;
    slot.broken = true;
    if (pool.remove(slot)) this.#discard(pool, slot);
  }

  #evict(pool: TenantPool, slot: Slot): void {
    this.#counts.add(pool.tenant.id, "evictions");
    pool.remove(slot);
    this.#discard(pool, slot);
  }

  /** Closes a connection; its place is free only when PostgreSQL has let it go. */
  #discard(pool: TenantPool, slot: Slot): void {
    slot.closing = true;
    const closing = endClient(slot.client).then(() => {
      this.#closing.delete(closing);
      this.#gone(pool);
    });
    this.#closing.add(closing);
  }

  #gone(pool: TenantPool): void {
    pool.size--;
    this.#open--;
    const unused = pool.size === 0 && this.#line.count((other) => other === pool) === 0;
    if (unused && this.#pools.get(pool.tenant.id) === pool) this.#pools.delete(pool.tenant.id);
    this.#serve();
  }
}
