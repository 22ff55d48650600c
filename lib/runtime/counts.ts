import type { Clock } from "@/lib/kernel/clock";

/** What is counted, over all tenants and for each. */
type Counts = {
  /** Connections that were opened, or tried to be. */
  connects: number;
  /** Loans of a connection that was open already. */
  reuses: number;
  /** Loans that had to be waited for. */
  waits: number;
  /** The sum of the times waited, in milliseconds. */
  waitMs: number;
  /** Connections closed since they were unused or another tenant needed the room. */
  evictions: number;
  /** Requests sent away since nothing became free in time. */
  timeouts: number;
};

/** The pools of one process: what there is now, and what was counted since it started. */
export type PoolStats = Counts & {
  open: number;
  idle: number;
  waiting: number;
  tenants: number;
  /** Connections that were lost, or closed because they could not be made clean. */
  losses: number;
};

/** One tenant's part of it. Counts begin again at zero when nothing was counted of the tenant for an hour. */
export type TenantPoolStats = Counts & { tenantId: string; open: number; idle: number; waiting: number };

/** So long that somebody who is called at night still sees what happened. */
const keptMs = 3_600_000;
const mostTenants = 5000;
/** How exactly it is known which tenant was counted last: putting each loan in its place would cost more. */
const exactMs = 1000;

/** Counts for each tenant, and forgets those of which nothing is heard for an hour; the first of them if they are many. */
export class PoolCounts {
  readonly #clock: Clock;
  /** In the order in which they were counted last. */
  readonly #tenants = new Map<string, { counts: Counts; at: number }>();
  readonly total: Counts & { losses: number } = { ...nothing(), losses: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(tenantId: string, what: keyof Counts, amount = 1): void {
    const now = this.#clock().getTime();
    let kept = this.#tenants.get(tenantId);
    if (!kept || now - kept.at >= exactMs) {
      kept = { counts: kept?.counts ?? nothing(), at: now };
      this.#tenants.delete(tenantId);
      this.#tenants.set(tenantId, kept);
      this.#bound();
    }
    kept.counts[what] += amount;
    this.total[what] += amount;
  }

  #bound(): void {
    if (this.#tenants.size <= mostTenants) return;
    for (const [first] of this.#tenants) {
      this.#tenants.delete(first);
      return;
    }
  }

  /** The tenants that were counted in the last hour, at most 5,000 of them, and those of `kept`. */
  perTenant(kept: (tenantId: string) => boolean): Map<string, Counts> {
    const oldest = this.#clock().getTime() - keptMs;
    const result = new Map<string, Counts>();
    for (const [tenantId, { counts, at }] of this.#tenants)
      if (at >= oldest || kept(tenantId)) result.set(tenantId, counts);
      else this.#tenants.delete(tenantId);
    return result;
  }
}

function nothing(): Counts {
  return { connects: 0, reuses: 0, waits: 0, waitMs: 0, evictions: 0, timeouts: 0 };
}
