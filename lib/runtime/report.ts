import { hostname } from "node:os";
import type pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { PoolAlarms } from "./alarms";
import type { PoolStats, TenantPoolStats } from "./counts";
import type { PoolLimits } from "./pool-limits";
import type { ResolverStats } from "./resolve";

/** What a process knows about itself at a moment. `tenants`: those of which something is kept or was counted lately. */
export type Figures = { pools: PoolStats; tenants: TenantPoolStats[]; resolver: ResolverStats };

type ReporterOptions = {
  app: string;
  limits: Required<Pick<PoolLimits, "perTenant" | "total" | "waitMs" | "mostWaiting">>;
  read: () => Figures;
  clock: Clock;
};

const everyMs = 2000;
const patienceMs = 5000;
const quietMs = 60_000;

// By the database's clock, so that no process seems silent because its host's clock is wrong.
const tellProcess = `
  INSERT INTO runtime_processes (id, app, host, pid, started_at, seen_at, stopped_at, limits, open, idle, waiting,
    tenants, connects, reuses, waits, wait_ms, evictions, timeouts, losses, lookups, memory_hits, redis_hits)
  VALUES ($1, $2, $3, $4, now() - make_interval(secs => $5), now(), CASE WHEN $6 THEN now() END, $7, $8, $9, $10,
    $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
  ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at,
    stopped_at = coalesce(runtime_processes.stopped_at, EXCLUDED.stopped_at),
    open = EXCLUDED.open, idle = EXCLUDED.idle, waiting = EXCLUDED.waiting, tenants = EXCLUDED.tenants,
    connects = EXCLUDED.connects, reuses = EXCLUDED.reuses, waits = EXCLUDED.waits, wait_ms = EXCLUDED.wait_ms,
    evictions = EXCLUDED.evictions, timeouts = EXCLUDED.timeouts, losses = EXCLUDED.losses,
    lookups = EXCLUDED.lookups, memory_hits = EXCLUDED.memory_hits, redis_hits = EXCLUDED.redis_hits
  RETURNING xmax = 0 AS made`;

const tenantColumns = ["open", "idle", "waiting", "connects", "reuses", "waits", "evictions", "timeouts"] as const;

// The arrays from $3 on are those that changed, in the order of ids; `gone` says which of the others go.
const tellTenants = (gone: string) => `
  WITH gone AS (
    DELETE FROM runtime_pools WHERE process_id = $1 AND ${gone}
  )
  INSERT INTO runtime_pools (process_id, tenant_id, ${tenantColumns.join(", ")}, wait_ms, updated_at)
  SELECT $1, told.*, now()
    FROM unnest($3::uuid[], ${tenantColumns.map((_, index) => `$${index + 4}::bigint[]`).join(", ")}, $12::float8[])
         AS told (tenant_id, ${tenantColumns.join(", ")}, wait_ms)
   ORDER BY tenant_id
  ON CONFLICT (process_id, tenant_id) DO UPDATE SET
    ${tenantColumns.map((name) => `${name} = EXCLUDED.${name}`).join(", ")},
    wait_ms = EXCLUDED.wait_ms, updated_at = EXCLUDED.updated_at`;

// There may be thousands: all of them are named only when it is not known what the database holds.
const tellAll = tellTenants("tenant_id <> ALL ($2::uuid[])");
const tellChanges = tellTenants("tenant_id = ANY ($2::uuid[])");

/**
 * Tells the control database each two seconds what this process holds and has counted. Everything told is a sum or
 * the state of the moment, so a report that was lost is made good by the next one.
 */
export class Reporter {
  readonly #db: pg.Pool;
  readonly #options: ReporterOptions;
  readonly #alarms: PoolAlarms;
  readonly #id: string;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  /** What the database is known to hold of each tenant, as text; empty when that is not known for certain. */
  #told = new Map<string, string>();
  #certain = false;
  #complainedAt = Number.NEGATIVE_INFINITY;
  #reporting: Promise<void> | undefined;

  constructor(db: pg.Pool, options: ReporterOptions) {
    this.#db = db;
    this.#options = options;
    this.#id = newId(options.clock());
    this.#alarms = new PoolAlarms(options.limits.total);
    this.#timer = setInterval(() => void this.report(), everyMs).unref();
    void this.report();
  }

  /** Writes what is known now; one report is written at a time. Never throws: the next one makes good for it. */
  async report(): Promise<void> {
    this.#reporting ??= this.#tell(false).finally(() => {
      this.#reporting = undefined;
    });
    await this.#reporting;
  }

  /** Stops, and says goodbye: without that, the process would be called silent. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#reporting;
    await this.#tell(true);
  }

  async #tell(stopping: boolean): Promise<void> {
    const figures = this.#options.read();
    const now = this.#options.clock().getTime();
    this.#alarms.look(figures.pools, now);
    try {
      const made = await this.#tellProcess(figures, stopping);
      if (made) this.#doubt();
      await this.#tellTenants(figures.tenants);
    } catch (error) {
      this.#doubt();
      if (now - this.#complainedAt < quietMs) return;
      this.#complainedAt = now;
      log().warn({ error: String(error) }, "the control database was not told how this process is doing; trying again");
    }
  }

  async #tellProcess({ pools, resolver }: Figures, stopping: boolean): Promise<boolean> {
    const { app, limits } = this.#options;
    const { open, idle, waiting, tenants, connects, reuses, waits, waitMs, evictions, timeouts, losses } = pools;
    const age = (performance.now() - this.#startedAt) / 1000;
    const who = [this.#id, app, hostname(), process.pid, age, stopping, JSON.stringify(limits)];
    const counts = [connects, reuses, waits, waitMs, evictions, timeouts, losses];
    const found = [resolver.lookups, resolver.memoryHits, resolver.redisHits];
    const values = [...who, open, idle, waiting, tenants, ...counts, ...found];
    const { rows } = await this.#ask<{ made: boolean }>(tellProcess, values);
    return rows[0]?.made === true;
  }

  async #tellTenants(tenants: TenantPoolStats[]): Promise<void> {
    const now = new Map(tenants.map((tenant) => [tenant.tenantId, JSON.stringify(tenant)]));
    const changed = tenants.filter(({ tenantId }) => now.get(tenantId) !== this.#told.get(tenantId));
    const gone = [...this.#told.keys()].filter((id) => !now.has(id));
    if (this.#certain && changed.length === 0 && gone.length === 0) return;
    const columns = tenantColumns.map((name) => changed.map((tenant) => tenant[name]));
    const ids = changed.map(({ tenantId }) => tenantId);
    const waited = changed.map(({ waitMs }) => waitMs);
    const [text, named] = this.#certain ? [tellChanges, gone] : [tellAll, [...now.keys()]];
    await this.#ask(text, [this.#id, named, ids, ...columns, waited]);
    this.#told = now;
    this.#certain = true;
  }

  #doubt(): void {
    this.#told.clear();
    this.#certain = false;
  }

  /** With an end, so that a database that hangs never keeps more than one of the few connections busy. */
  async #ask<Row extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<pg.QueryResult<Row>> {
    const query: pg.QueryConfig & { query_timeout: number } = { text, values, query_timeout: patienceMs };
    return await this.#db.query<Row>(query);
  }
}
