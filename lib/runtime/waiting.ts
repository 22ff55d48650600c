import { AppError } from "@/lib/kernel/errors";
import type { Slot, TenantPool } from "./tenant-pool";

/** What an applicant gets: a connection that is open, or the right to open one. */
export type Grant = Slot | "open";

type Applicant = {
  pool: TenantPool;
  grant: (grant: Grant) => void;
  refuse: (error: Error) => void;
};

/** Those who wait for a connection, first come first served where the limits let them. */
export class WaitingLine {
  readonly #line = new Set<Applicant>();
  readonly #waitMs: number;
  readonly #most: number;
  constructor(waitMs: number, most: number) {
    this.#waitMs = waitMs;
    this.#most = most;
  }

  get length(): number {
    return this.#line.size;
  }

  /** Waits for a grant. Throws `unavailable` when the line is full or the time is up. */
  async join(pool: TenantPool, onTimeout: () => void): Promise<Grant> {
    if (this.#line.size >= this.#most) throw busy("Too many requests are waiting for a database connection.");
    return await new Promise<Grant>((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        this.#line.delete(applicant);
      };
      const applicant: Applicant = {
        pool,
        grant: (grant) => {
          leave();
          resolve(grant);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        onTimeout();
        applicant.refuse(busy(`No database connection became free within ${this.#waitMs} ms.`));
      }, this.#waitMs);
      this.#line.add(applicant);
    });
  }

  /** Offers what is free to each applicant in turn. */
  serve(offer: (pool: TenantPool) => Grant | undefined): void {
    for (const applicant of this.#line) {
      const grant = offer(applicant.pool);
      if (grant) applicant.grant(grant);
    }
  }

  /** How many applicants satisfy a condition. */
  count(condition: (pool: TenantPool) => boolean): number {
    let count = 0;
    for (const { pool } of this.#line) if (condition(pool)) count++;
    return count;
  }

  /** Sends away everybody who waits for a pool, or everybody. */
  dismiss(message: string, pool?: TenantPool): void {
    const error = busy(message, pool ? "pool_changed" : "pool");
    for (const applicant of this.#line) if (!pool || applicant.pool === pool) applicant.refuse(error);
  }
}

function busy(message: string, reason = "pool"): AppError {
  return new AppError("unavailable", message, { retryAfter: 1, reason });
}
