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

/** One tenant's part of it. Counts begin again at zero when nothing was heard of the tenant for a minute. */
export type TenantPoolStats = Counts & { tenantId: string; open: number; idle: number; waiting: number };

const keptMs = 60_000;

/** Counts for each tenant, and forgets those of which nothing is heard. */
export class PoolCounts {
  readonly #clock: Clock;
  readonly #tenants = new Map<string, { counts: Counts; at: number }>();
  readonly total: Counts & { losses: number } = { ...nothing(), losses: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(tenantId: string, what: keyof Counts, amount = 1): void {
    let kept = this.#tenants.get(tenantId);
    if (!kept) {
      kept = { counts: nothing(), at: 0 };
      this.#tenants.set(tenantId, kept);
    }
    kept.at = this.#clock().getTime();
    kept.counts[what] += amount;
    this.total[what] += amount;
  }

  /** The tenants that were counted in the last minute, and those of `kept`. */
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
