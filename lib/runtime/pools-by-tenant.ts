import { addressOf, type RuntimeTenant } from "./tenant";
import { type Slot, TenantPool } from "./tenant-pool";

/** The pools that are kept, one a tenant. It decides nothing: `TenantPools` counts and orders. */
export class PoolsByTenant {
  readonly #pools = new Map<string, TenantPool>();

  [Symbol.iterator](): Iterator<TenantPool> {
    return this.#pools.values();
  }

  get size(): number {
    return this.#pools.size;
  }

  /** Connections that nobody uses. */
  get idle(): number {
    let sum = 0;
    for (const pool of this) sum += pool.idle.length;
    return sum;
  }

  get(tenantId: string): TenantPool | undefined {
    return this.#pools.get(tenantId);
  }

  /** Whether a pool is kept whose address is no longer this one. */
  differs(tenant: RuntimeTenant): boolean {
    const pool = this.#pools.get(tenant.id);
    return pool !== undefined && pool.address !== addressOf(tenant);
  }

  /** A tenant's pool, with its record as it is now; a new one where none is kept. */
  of(tenant: RuntimeTenant): TenantPool {
    const kept = this.#pools.get(tenant.id);
    if (kept) {
      kept.tenant = tenant;
      return kept;
    }
    const pool = new TenantPool(tenant);
    this.#pools.set(tenant.id, pool);
    return pool;
  }

  /** Keeps a pool no longer; another one of the same tenant stays. */
  forget(pool: TenantPool): void {
    if (this.#pools.get(pool.tenant.id) === pool) this.#pools.delete(pool.tenant.id);
  }

  /** The connection that nobody has used for longest, with its pool. */
  leastRecentlyUsed(): [TenantPool, Slot] | undefined {
    let oldest: [TenantPool, Slot] | undefined;
    for (const pool of this) {
      const slot = pool.idle[0];
      if (slot && (!oldest || slot.idleSince < oldest[1].idleSince)) oldest = [pool, slot];
    }
    return oldest;
  }
}
