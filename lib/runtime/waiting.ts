import { AppError } from "@/lib/kernel/errors";
import type { Slot, TenantPool } from "./tenant-pool";

/** What an applicant gets: a connection that is open, or the right to open one. */
export type Grant = Slot | "open";

type Applicant = {
  pool: TenantPool;
  /** When it came, by `performance.now()`. */
  since: number;
  grant: (grant: Grant) => void;
  refuse: (error: unknown) => void;
};

type Limits = { waitMs: number; mostWaiting: number; mostWaitingPerTenant: number };

/**
 * Those who wait for a connection: a line for each tenant, and the tenants take turns. So a tenant whose requests fill
 * the line delays itself, and nobody else by more than one request.
 */
export class WaitingLine {
  readonly #lines = new Map<TenantPool, Set<Applicant>>();
  readonly #limits: Limits;
  #length = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get length(): number {
    return this.#length;
  }

  /** How many wait for a pool. */
  of(pool: TenantPool): number {
    return this.#lines.get(pool)?.size ?? 0;
  }

  /** Waits for a grant. Throws `unavailable` when the line is full or the time is up, or what `signal` was aborted with. */
  async join(pool: TenantPool, onTimeout: () => void, signal?: AbortSignal): Promise<Grant> {
    const { waitMs, mostWaiting, mostWaitingPerTenant } = this.#limits;
    if (this.#length >= mostWaiting) throw busy("Too many requests are waiting for a database connection.");
    if (this.of(pool) >= mostWaitingPerTenant)
      throw busy("Too many requests of this account are waiting for a database connection.", "pool_tenant");
    return await new Promise<Grant>((resolve, reject) => {
      const timer = setTimeout(() => {
        onTimeout();
        applicant.refuse(busy(`No database connection became free within ${waitMs} ms.`));
      }, waitMs);
      const onAbort = () => applicant.refuse(signal?.reason);
      const leave = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        this.#remove(applicant);
      };
      const applicant: Applicant = {
        pool,
        since: performance.now(),
        grant: (grant) => {
          leave();
          resolve(grant);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#add(applicant);
    });
  }

  /** Offers what is free, one applicant of each tenant after the other, until nothing more can be given. */
  serve(offer: (pool: TenantPool, wanting: number) => Grant | undefined): void {
    for (let granted = true; granted; ) {
      granted = false;
      for (const [pool, line] of [...this.#lines]) {
        const [first] = line;
        const grant = first && offer(pool, line.size);
        if (!grant) continue;
        granted = true;
        first.grant(grant);
        // Its turn was now: the tenant goes behind the others.
        if (this.#lines.delete(pool) && line.size > 0) this.#lines.set(pool, line);
      }
    }
  }

  /** How many connections could be opened for those who wait, were there room for them in the total. */
  wanted(perTenant: number): number {
    let sum = 0;
    for (const [pool, line] of this.#lines)
      sum += Math.max(0, Math.min(line.size - pool.returning, perTenant - pool.size));
    return sum;
  }

  /** Whether somebody has waited for `ms` whose tenant has fewer connections than this one. */
  poorer(than: TenantPool, ms: number): boolean {
    const latest = performance.now() - ms;
    for (const [pool, line] of this.#lines) {
      const [first] = line;
      if (pool.size < than.size && first && first.since <= latest) return true;
    }
    return false;
  }

  /** Sends away everybody who waits for a pool, or everybody. */
  dismiss(message: string, pool?: TenantPool): void {
    const error = busy(message, pool ? "pool_changed" : "pool");
    for (const line of pool ? [this.#lines.get(pool) ?? []] : [...this.#lines.values()])
      for (const applicant of [...line]) applicant.refuse(error);
  }

  #add(applicant: Applicant): void {
    const line = this.#lines.get(applicant.pool);
    if (line) line.add(applicant);
    else this.#lines.set(applicant.pool, new Set([applicant]));
    this.#length++;
  }

  #remove(applicant: Applicant): void {
    const line = this.#lines.get(applicant.pool);
    if (!line?.delete(applicant)) return;
    this.#length--;
    if (line.size === 0) this.#lines.delete(applicant.pool);
  }
}

function busy(message: string, reason = "pool"): AppError {
  return new AppError("unavailable", message, { retryAfter: 1, reason });
}
