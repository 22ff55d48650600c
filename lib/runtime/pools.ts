import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@/lib/kernel/clock";
import { closeClient, resetClient, settleClient } from "./connection";
import { runOutsideTenant } from "./context";
import { PoolCounts, type PoolStats, type TenantPoolStats } from "./counts";
import { type LookUp, Opener, unlessAborted } from "./opening";
import { cut, isAtRest, isBusy } from "./pg-session";
import { limitsOf, type PoolLimits } from "./pool-limits";
import { addressOf, type RuntimeTenant } from "./tenant";
import { type Slot, TenantPool } from "./tenant-pool";
import { type Grant, WaitingLine } from "./waiting";

/** A connection on loan. */
export type Lease = {
  slot: Slot;
  client: Slot["client"];
  /** Whether the connection was lost meanwhile. */
  broken: () => boolean;
  /** Gives the connection back, or has it closed; call it exactly once, when nothing is left but making it clean. */
  release: (close?: boolean) => void;
  /** Gives it back when the clean-up was sent already: true, once it is clean; false, when it has to be done again. */
  releaseClean: (clean: Promise<boolean>) => void;
};

/** How long the clean-up behind a statement may take before the connection is cut, in milliseconds. */
const cleaningMs = 2000;

/** After how long a request whose tenant has fewer connections goes before the next one of a tenant with more. */
const patienceMs = 50;

/** One bounded set of connections over all tenants. */
export class TenantPools {
  /** The limits that hold here. */
  readonly limits: Required<PoolLimits>;
  readonly #clock: Clock;
  readonly #pools = new Map<string, TenantPool>();
  readonly #line: WaitingLine;
  readonly #closing = new Set<Promise<void>>();
  readonly #cleaning = new Set<Slot>();
  readonly #sweeper: NodeJS.Timeout;
  readonly #counts: PoolCounts;
  readonly #opener: Opener;
  #open = 0;
  #closed = false;

  /** `lookUp` finds a tenant's newest record, for when its password is refused. */
  constructor(limits: PoolLimits, clock: Clock, lookUp: LookUp = async () => null) {
    this.limits = limitsOf(limits);
    this.#clock = clock;
    this.#counts = new PoolCounts(clock);
    this.#line = new WaitingLine(this.limits);
    this.#opener = new Opener(this.limits, lookUp);
    this.#sweeper = setInterval(() => this.sweep(), 1000).unref();
  }

  /**
   * Lends a connection to a tenant's database. Throws `unavailable` when none is free in time or it can't be opened,
   * and what `signal` was aborted with when nobody wants it any more.
   */
  async acquire(tenant: RuntimeTenant, signal?: AbortSignal): Promise<Lease> {
    if (this.#closed) throw new Error("The runtime is closed.");
    signal?.throwIfAborted();
    const pool = this.#poolOf(tenant);
    const grant = this.#offer(pool, this.#line.of(pool) + 1) ?? (await this.#wait(pool, signal));
    return grant === "open" ? this.#lease(pool, await this.#connectFor(pool, signal)) : this.#reuse(pool, grant);
  }

  /** Lends a connection that is there at this moment; null when one has to be waited for, or opened. */
  acquireNow(tenant: RuntimeTenant): Lease | null {
    if (this.#closed) throw new Error("The runtime is closed.");
    const pool = this.#poolOf(tenant);
    const slot = pool.take();
    return slot ? this.#reuse(pool, slot) : null;
  }

  /** Opens one more connection of a tenant and keeps it, where the limits have room; false where they have none. */
  async open(tenant: RuntimeTenant): Promise<boolean> {
    if (this.#closed) throw new Error("The runtime is closed.");
    const pool = this.#poolOf(tenant);
    if (!this.#take(pool)) return false;
    this.#keep(pool, await runOutsideTenant(() => this.#connect(pool)));
    return true;
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

  /** Closes what nobody used for `idleMs`, and what is not clean in time; runs by itself each second. */
  sweep(): void {
    const late = performance.now() - cleaningMs;
    for (const slot of this.#cleaning) if ((slot.cleaningSince ?? 0) <= late) cut(slot.client);
    const oldest = this.#clock().getTime() - this.limits.idleMs;
    for (const pool of this.#pools.values())
      for (const slot of [...pool.idle]) if (slot.idleSince <= oldest) this.#evict(pool, slot);
  }

  stats(): PoolStats {
    const idle = [...this.#pools.values()].reduce((sum, pool) => sum + pool.idle.length, 0);
    return { open: this.#open, idle, waiting: this.#line.length, tenants: this.#pools.size, ...this.#counts.total };
  }

  /** The same for each tenant of which something is kept, or was counted in the last hour. */
  perTenant(): TenantPoolStats[] {
    const counts = this.#counts.perTenant((tenantId) => this.#pools.has(tenantId));
    return [...counts].map(([tenantId, counted]) => ({ tenantId, ...this.now(tenantId), ...counted }));
  }

  /** What there is of a tenant at this moment. */
  now(tenantId: string): { open: number; idle: number; waiting: number } {
    const pool = this.#pools.get(tenantId);
    return pool
      ? { open: pool.size, idle: pool.idle.length, waiting: this.#line.of(pool) }
      : { open: 0, idle: 0, waiting: 0 };
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
    const kept = this.#pools.get(tenant.id);
    if (kept?.tenant === tenant) return kept;
    if (this.differs(tenant)) this.retire(tenant.id);
    let pool = this.#pools.get(tenant.id);
    if (pool) pool.tenant = tenant;
    else {
      pool = new TenantPool(tenant);
      this.#pools.set(tenant.id, pool);
    }
    return pool;
  }

  /** What the limits allow at this moment, already counted; `wanting` requests of this tenant want a connection. */
  #offer(pool: TenantPool, wanting: number): Grant | undefined {
    const slot = pool.take();
    if (slot) return slot;
    // A reset takes less time than opening another connection, and PostgreSQL's memory is dearer than the wait.
    if (wanting <= pool.returning) return undefined;
    return this.#take(pool) ? "open" : undefined;
  }

  #take(pool: TenantPool): boolean {
    if (pool.size >= this.limits.perTenant || this.#open >= this.limits.total) return false;
    pool.size++;
    this.#open++;
    return true;
  }

  async #wait(pool: TenantPool, signal?: AbortSignal): Promise<Grant> {
    const { id } = pool.tenant;
    this.#counts.add(id, "waits");
    const started = performance.now();
    const grant = this.#line.join(pool, () => this.#counts.add(id, "timeouts"), signal);
    this.#serve();
    try {
      return await grant;
    } finally {
      this.#counts.add(id, "waitMs", performance.now() - started);
      this.#forgetUnused(pool);
    }
  }

  /** Serves the line; where only the total stands in the way, the connections unused for longest make room. */
  #serve(): void {
    if (this.#line.length === 0) return;
    this.#line.serve((pool, wanting) => this.#offer(pool, wanting));
    if (this.#open < this.limits.total) return;
    const wanted = this.#line.wanted(this.limits.perTenant);
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

  /** Opens a connection for one who may go away meanwhile: then the next one has it. */
  async #connectFor(pool: TenantPool, signal?: AbortSignal): Promise<Slot> {
    // Outside: callbacks of the connection must not run, hours later, for the request that happened to open it.
    const opening = runOutsideTenant(() => this.#connect(pool));
    try {
      return await unlessAborted(opening, signal);
    } catch (error) {
      if (signal?.aborted) opening.then((slot) => this.#keep(pool, slot)).catch(() => undefined);
      throw error;
    }
  }

  async #connect(pool: TenantPool): Promise<Slot> {
    this.#counts.add(pool.tenant.id, "connects");
    try {
      return await this.#opener.open(pool, (slot) => this.#lost(pool, slot));
    } catch (error) {
      this.#gone(pool);
      throw error;
    }
  }

  #lease(pool: TenantPool, slot: Slot): Lease {
    const release: Lease["release"] = (close = false) => void this.#giveBack(pool, slot, close);
    const releaseClean: Lease["releaseClean"] = (clean) => void this.#takeBack(pool, slot, clean);
    return { slot, client: slot.client, broken: () => slot.broken, release, releaseClean };
  }

  #reuse(pool: TenantPool, slot: Slot): Lease {
    this.#counts.add(pool.tenant.id, "reuses");
    return this.#lease(pool, slot);
  }

  async #takeBack(pool: TenantPool, slot: Slot, cleaning: Promise<boolean>): Promise<void> {
    pool.returning++;
    slot.cleaningSince = performance.now();
    this.#cleaning.add(slot);
    const clean = await cleaning;
    this.#cleaning.delete(slot);
    pool.returning--;
    if (clean && !slot.broken && isAtRest(slot.client)) this.#keep(pool, slot);
    else await this.#giveBack(pool, slot, false);
  }

  async #giveBack(pool: TenantPool, slot: Slot, close: boolean): Promise<void> {
    slot.onEvent = undefined;
    const wanted = !close && !slot.broken && (isBusy(slot.client) ? await settleClient(slot.client) : true);
    // From this moment: who asks next waits for this connection rather than opening another.
    pool.returning++;
    const kept = wanted && !pool.retired && (await this.#reset(pool, slot));
    pool.returning--;
    if (kept) return this.#keep(pool, slot);
    if (!slot.broken && !close && !pool.retired) this.#counts.total.losses++;
    this.#discard(pool, slot);
    this.#serve();
  }

  async #reset(pool: TenantPool, slot: Slot): Promise<boolean> {
    // Before a pooler that lends by the transaction there is no session: each transaction cleaned up behind itself.
    if (pool.tenant.pooling === "transaction") return isAtRest(slot.client);
    return await resetClient(slot.client, pool.tenant, this.limits);
  }

  /** A clean connection is there for the next one, or makes room for a tenant that has fewer. */
  #keep(pool: TenantPool, slot: Slot): void {
    slot.idleSince = this.#clock().getTime();
    if (slot.broken || pool.retired) this.#discard(pool, slot);
    else {
      pool.idle.push(slot);
      if (this.#mustYield(pool)) this.#evict(pool, slot);
    }
    this.#serve();
  }

  #mustYield(pool: TenantPool): boolean {
    if (this.#open < this.limits.total || this.#line.of(pool) === 0) return false;
    return this.#closing.size < this.#line.wanted(this.limits.perTenant) && this.#line.poorer(pool, patienceMs);
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
    const closing = closeClient(slot.client, slot.broken).then(() => {
      this.#closing.delete(closing);
      this.#gone(pool);
    });
    this.#closing.add(closing);
  }

  #gone(pool: TenantPool): void {
    pool.size--;
    this.#open--;
    this.#forgetUnused(pool);
    this.#serve();
  }

  #forgetUnused(pool: TenantPool): void {
    const unused = pool.size === 0 && this.#line.of(pool) === 0;
    if (unused && this.#pools.get(pool.tenant.id) === pool) this.#pools.delete(pool.tenant.id);
  }
}
