import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@/lib/kernel/clock";
import { closeClient } from "./connection";
import { runOutsideTenant } from "./context";
import { PoolCounts, type PoolStats, type TenantPoolStats } from "./counts";
import { type LookUp, Opener, unlessAborted } from "./opening";
import { limitsOf, type PoolLimits } from "./pool-limits";
import { PoolsByTenant } from "./pools-by-tenant";
import { Returning } from "./returning";
import type { RuntimeTenant } from "./tenant";
import type { Lease, Slot, TenantPool } from "./tenant-pool";
import { type Grant, WaitingLine } from "./waiting";

/** After how long a request whose tenant has fewer connections goes before the next one of a tenant with more. */
const patienceMs = 50;

/** One bounded set of connections over all tenants. */
export class TenantPools {
  /** The limits that hold here. */
  readonly limits: Required<PoolLimits>;
  readonly #clock: Clock;
  readonly #pools = new PoolsByTenant();
  readonly #line: WaitingLine;
  readonly #closing = new Set<Promise<void>>();
  readonly #returning: Returning;
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
    this.#returning = new Returning(this.limits, {
      keep: (pool, slot) => this.#keep(pool, slot),
      close: (pool, slot, lost) => this.#drop(pool, slot, lost),
    });
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
    this.#pools.forget(pool);
    for (const slot of pool.idle.splice(0)) this.#discard(pool, slot);
    this.#line.dismiss("The tenant was changed meanwhile; try again.", pool);
  }

  /** Whether connections to a tenant are kept whose address is no longer this one. */
  differs(tenant: RuntimeTenant): boolean {
    return this.#pools.differs(tenant);
  }

  /** Whether anything is kept for a tenant. */
  has(tenantId: string): boolean {
    return this.#pools.get(tenantId) !== undefined;
  }

  /** Closes what nobody used for `idleMs`, and what is not clean in time; runs by itself each second. */
  sweep(): void {
    this.#returning.cutLate();
    const oldest = this.#clock().getTime() - this.limits.idleMs;
    for (const pool of this.#pools)
      for (const slot of [...pool.idle]) if (slot.idleSince <= oldest) this.#evict(pool, slot);
  }

  stats(): PoolStats {
    const { idle, size } = this.#pools;
    return { open: this.#open, idle, waiting: this.#line.length, tenants: size, ...this.#counts.total };
  }

  /** The same for each tenant of which something is kept, or was counted in the last hour. */
  perTenant(): TenantPoolStats[] {
    const counts = this.#counts.perTenant((tenantId) => this.has(tenantId));
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
    for (const { tenant } of [...this.#pools]) this.retire(tenant.id);
    for (let waited = 0; this.#open > this.#closing.size && waited < graceMs; waited += 20) await delay(20);
    await Promise.all(this.#closing);
  }

  #poolOf(tenant: RuntimeTenant): TenantPool {
    const kept = this.#pools.get(tenant.id);
    if (kept?.tenant === tenant) return kept;
    if (this.differs(tenant)) this.retire(tenant.id);
    return this.#pools.of(tenant);
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
      const oldest = this.#pools.leastRecentlyUsed();
      if (!oldest) return;
      this.#evict(...oldest);
    }
  }

  /** Opens a connection for one who may go away meanwhile: then the next one has it. */
  async #connectFor(pool: TenantPool, signal?: AbortSignal): Promise<Slot> {
    // Outside: callbacks of the connection must not run, hours later, for the request that happened to open it.
    const opening = runOutsideTenant(() => this.#connect(pool));
    return await unlessAborted(opening, signal, (slot) => this.#keep(pool, slot));
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
    const release: Lease["release"] = (close = false) => void this.#returning.afterUse(pool, slot, close);
    const releaseClean: Lease["releaseClean"] = (clean) => void this.#returning.afterCleaning(pool, slot, clean);
    return { slot, client: slot.client, broken: () => slot.broken, release, releaseClean };
  }

  #reuse(pool: TenantPool, slot: Slot): Lease {
    this.#counts.add(pool.tenant.id, "reuses");
    return this.#lease(pool, slot);
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

  /** A connection that came back can't be lent again; `lost` where nobody meant that. */
  #drop(pool: TenantPool, slot: Slot, lost: boolean): void {
    if (lost) this.#counts.total.losses++;
    this.#discard(pool, slot);
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
    if (unused) this.#pools.forget(pool);
  }
}
