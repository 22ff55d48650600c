import type pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { log } from "@/lib/platform/log";
import { isId } from "./resolvers";

type Counts = { requests: number; errors: number; durationMs: number };
type Batch = Map<string, Counts>;

const everyMs = 1000;
const quietMs = 60_000;
/** Some thirty years: nothing takes longer, and sums of less never overflow. */
const longestMs = 1e12;

// In the order of ids, so that two processes that write the same tenants at once can't lock each other out.
const addCounts = `
  INSERT INTO tenant_request_counters (tenant_id, requests, errors, duration_ms, updated_at)
  SELECT tenant_id, requests, errors, duration_ms, $5
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::float8[]) AS seen (tenant_id, requests, errors, duration_ms)
  ORDER BY tenant_id
  ON CONFLICT (tenant_id) DO UPDATE SET
    requests = tenant_request_counters.requests + EXCLUDED.requests,
    errors = tenant_request_counters.errors + EXCLUDED.errors,
    duration_ms = tenant_request_counters.duration_ms + EXCLUDED.duration_ms,
    updated_at = EXCLUDED.updated_at`;

/**
 * Counts requests per tenant in memory and adds them to `tenant_request_counters` each second, exactly once: when the
 * answer to COMMIT is lost, PostgreSQL is asked later what became of that transaction.
 */
export class RequestCounter {
  readonly #pool: pg.Pool;
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  #counts: Batch = new Map();
  #doubtful: { xid: string; batch: Batch } | undefined;
  #flushing: Promise<void> | undefined;
  #complainedAt = Number.NEGATIVE_INFINITY;

  constructor(pool: pg.Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
    this.#timer = setInterval(() => void this.flush().catch(warn), everyMs).unref();
  }

  /**
   * Counts one request of a tenant, its response time in milliseconds and whether the server failed. What is no id or
   * no time is left out with a warning: one such row would keep all tenants' counts from being written.
   */
  observe(tenantId: string, durationMs: number, failed: boolean): void {
    const id = String(tenantId).toLowerCase();
    // Written so that NaN does not pass.
    const measured = typeof durationMs === "number" && durationMs >= 0 && durationMs <= longestMs;
    if (!isId(id) || !measured) this.#complain(id, durationMs);
    else merge(this.#counts, id, { requests: 1, errors: failed ? 1 : 0, durationMs });
  }

  /** Writes what was counted; one flush runs at a time. On failure the counts stay and it throws. */
  async flush(): Promise<void> {
    this.#flushing ??= this.#write().finally(() => {
      this.#flushing = undefined;
    });
    await this.#flushing;
  }

  /** Stops the timer and writes what is left; what can't be written is logged as lost. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing?.catch(warn);
    await this.flush().catch((error: unknown) => {
      log().error({ error: String(error), tenants: this.#counts.size }, "the last request counts were not written");
    });
  }

  #complain(tenant: string, durationMs: unknown): void {
    if (performance.now() - this.#complainedAt < quietMs) return;
    this.#complainedAt = performance.now();
    const told = { tenant: tenant.slice(0, 100), durationMs: String(durationMs).slice(0, 100) };
    log().warn(told, "a request was not counted: observe takes a tenant's id and milliseconds from 0 on");
  }

  async #write(): Promise<void> {
    if (this.#doubtful) await this.#settle(this.#doubtful);
    if (this.#counts.size === 0) return;
    const batch = this.#counts;
    this.#counts = new Map();
    let committing: string | undefined;
    const client = await this.#pool.connect().catch((error: unknown) => {
      this.#putBack(batch);
      throw error;
    });
    try {
      await client.query("BEGIN");
      const { rows } = await client.query<{ xid: string }>("SELECT pg_current_xact_id()::text AS xid");
      await client.query(addCounts, [...columnsOf(batch), this.#clock()]);
      committing = rows[0]?.xid;
      await client.query("COMMIT");
      client.release();
    } catch (error) {
      client.release(true);
      if (committing) this.#doubtful = { xid: committing, batch };
      else this.#putBack(batch);
      throw error;
    }
  }

  async #settle({ xid, batch }: { xid: string; batch: Batch }): Promise<void> {
    const { rows } = await this.#pool.query<{ status: string | null }>("SELECT pg_xact_status($1::xid8) AS status", [
      xid,
    ]);
    if (rows[0]?.status === "in progress") throw new Error(`Transaction ${xid} has not ended yet.`);
    this.#doubtful = undefined;
    if (rows[0]?.status === "aborted") this.#putBack(batch);
  }

  #putBack(batch: Batch): void {
    for (const [tenantId, counts] of batch) merge(this.#counts, tenantId, counts);
  }
}

function merge(into: Batch, tenantId: string, { requests, errors, durationMs }: Counts): void {
  const counts = into.get(tenantId);
  if (!counts) {
    into.set(tenantId, { requests, errors, durationMs });
    return;
  }
  counts.requests += requests;
  counts.errors += errors;
  counts.durationMs += durationMs;
}

function columnsOf(batch: Batch): [string[], number[], number[], number[]] {
  const counts = [...batch.values()];
  return [
    [...batch.keys()],
    counts.map(({ requests }) => requests),
    counts.map(({ errors }) => errors),
    counts.map(({ durationMs }) => durationMs),
  ];
}

function warn(error: unknown): void {
  log().warn({ error: String(error) }, "request counts could not be written; they are kept and tried again");
}
