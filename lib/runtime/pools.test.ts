import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { PoolStats } from "./counts";
import type { PoolLimits } from "./pool-limits";
import { TenantPools } from "./pools";
import { findTenant, registryPool } from "./registry";
import type { RuntimeTenant } from "./tenant";

let control: TestControl;
let tenants: RuntimeTenant[];
let now = 0;
const opened: TenantPools[] = [];

beforeAll(async () => {
  control = await testControl();
  const registry = registryPool();
  tenants = [];
  for (const slug of ["ada", "bea", "cyd"]) {
    const { id } = await control.makeTenant(slug);
    const tenant = await findTenant(registry, { id });
    if (tenant) tenants.push(tenant);
  }
  await registry.end();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close(1000)));
});
afterAll(() => control.close());

function pooled(limits: PoolLimits): TenantPools {
  const pools = new TenantPools(limits, () => new Date(now));
  opened.push(pools);
  return pools;
}

function nth(index: number): RuntimeTenant {
  const tenant = tenants[index];
  if (!tenant) throw new Error("no such tenant");
  return tenant;
}

/** Waits until the statistics are as expected: giving back and closing go on after the lease. */
async function settled(pools: TenantPools, wanted: Partial<PoolStats>): Promise<void> {
  await vi.waitFor(() => expect(pools.stats()).toMatchObject(wanted), { timeout: 10_000, interval: 5 });
}

async function backends(): Promise<number> {
  const names = tenants.map(({ database }) => database);
  const { rows } = await control.sql("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = ANY($1)", [
    names,
  ]);
  return rows[0].n;
}

test("a hot tenant's connection is used again and again", async () => {
  const pools = pooled({});
  for (let n = 0; n < 20; n++) {
    const lease = await pools.acquire(nth(0));
    await lease.client.query("SELECT 1");
    lease.release();
    await settled(pools, { idle: 1 });
  }
  expect(pools.stats()).toMatchObject({ open: 1, idle: 1, connects: 1, reuses: 19 });
});

test("one tenant gets at most its own share, and who waits is served in turn", async () => {
  const pools = pooled({ perTenant: 2, waitMs: 20_000 });
  const [one, two] = [await pools.acquire(nth(0)), await pools.acquire(nth(0))];
  const order: number[] = [];
  const waiting = [3, 4, 5].map(async (n) => {
    const lease = await pools.acquire(nth(0));
    order.push(n);
    lease.release();
  });
  await settled(pools, { open: 2, waiting: 3 });
  const other = await pools.acquire(nth(1));
  other.release();
  one.release();
  two.release();
  await Promise.all(waiting);
  expect(order).toEqual([3, 4, 5]);
  expect(pools.stats().connects).toBe(3);
});

test("the total is never exceeded: the connection unused for longest makes room", async () => {
  const pools = pooled({ total: 2, waitMs: 25_000 });
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, pools.stats().open);
  }, 1);
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      const tenant = nth(n % 3);
      const lease = await pools.acquire(tenant);
      const { rows } = await lease.client.query("SELECT current_database() AS database");
      expect(rows[0].database).toBe(tenant.database);
      lease.release();
    }),
  );
  clearInterval(watch);
  expect(most).toBeLessThanOrEqual(2);
  expect(pools.stats().evictions).toBeGreaterThan(0);
  await vi.waitFor(async () => expect(await backends()).toBeLessThanOrEqual(2), { timeout: 10_000 });
});

test("waiting ends with a clear 503 when nothing becomes free, and at once when the line is full", async () => {
  const pools = pooled({ perTenant: 1, waitMs: 100, mostWaiting: 1 });
  const lease = await pools.acquire(nth(0));
  const late = pools.acquire(nth(0));
  await expect(pools.acquire(nth(0))).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
  await expect(late).rejects.toThrow("No database connection became free within 100 ms.");
  expect(pools.stats()).toMatchObject({ timeouts: 1, waiting: 0 });
  lease.release();
  await settled(pools, { idle: 1 });
  (await pools.acquire(nth(0))).release();
});

test("an unused connection is closed after the idle time, and its pool forgotten", async () => {
  const pools = pooled({ idleMs: 1000 });
  (await pools.acquire(nth(0))).release();
  await settled(pools, { idle: 1 });
  now += 999;
  pools.sweep();
  expect(pools.stats().open).toBe(1);
  now += 1;
  pools.sweep();
  await settled(pools, { open: 0, tenants: 0 });
  await vi.waitFor(async () => expect(await backends()).toBe(0), { timeout: 10_000 });
});

test("nothing of one user's session is there for the next", async () => {
  const pools = pooled({ perTenant: 1 });
  const first = await pools.acquire(nth(0));
  const { client } = first;
  await client.query("SET search_path = public; SET statement_timeout = 1234; CREATE TEMP TABLE mine (n int)");
  await client.query("SELECT pg_advisory_lock(42); PREPARE told AS SELECT 1; LISTEN gossip; SET ROLE none");
  await client.query("SELECT set_config('app.user', 'ada', false)");
  await client.query("DECLARE kept CURSOR WITH HOLD FOR SELECT 1");
  await client.query("BEGIN; CREATE TABLE half_done (n int)");
  first.release();
  const next = await pools.acquire(nth(0));
  expect(next.client).toBe(client);
  const { rows } = await next.client.query(
    `SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout,
       to_regclass('pg_temp.mine') AS temp, to_regclass('public.half_done') AS half,
       current_setting('app.user', true) AS app, (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks,
       (SELECT count(*)::int FROM pg_prepared_statements) AS prepared, (SELECT count(*)::int FROM pg_cursors
         WHERE name = 'kept') AS cursors, (SELECT count(*)::int FROM pg_listening_channels()) AS channels`,
  );
  expect(rows[0]).toEqual({
    path: '"$user", public',
    timeout: "30s",
    temp: null,
    half: null,
    app: "",
    locks: 0,
    prepared: 0,
    cursors: 0,
    channels: 0,
  });
  next.release();
});

test("a transaction that failed half-way is undone, and the connection goes on", async () => {
  const pools = pooled({ perTenant: 1 });
  const first = await pools.acquire(nth(0));
  await first.client.query("BEGIN");
  await expect(first.client.query("SELECT 1 / 0")).rejects.toThrow("division by zero");
  first.release();
  const next = await pools.acquire(nth(0));
  expect((await next.client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  next.release();
  expect(pools.stats().connects).toBe(1);
});

test("connections that PostgreSQL ends are replaced, idle ones and lent ones", async () => {
  const pools = pooled({ perTenant: 2 });
  const lent = await pools.acquire(nth(0));
  (await pools.acquire(nth(0))).release();
  await settled(pools, { idle: 1 });
  await control.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [nth(0).database]);
  await vi.waitFor(() => expect(lent.broken()).toBe(true), { timeout: 10_000 });
  await expect(lent.client.query("SELECT 1")).rejects.toThrow();
  lent.release();
  await settled(pools, { open: 0 });
  const next = await pools.acquire(nth(0));
  await next.client.query("SELECT 1");
  next.release();
});

test("a changed address closes the old connections; what is lent finishes first", async () => {
  const pools = pooled({});
  const lent = await pools.acquire(nth(0));
  const moved = { ...nth(0), database: nth(1).database, role: nth(1).role, secret: "v1.0.0.0.0" };
  await expect(pools.acquire(moved)).rejects.toThrow();
  expect((await lent.client.query("SELECT current_database() AS d")).rows[0].d).toBe(nth(0).database);
  lent.release();
  await settled(pools, { open: 0 });
});

test("another tenant's secret does not open, even when it is copied into the record", async () => {
  const pools = pooled({});
  const { host, port, database, role, secret } = nth(1);
  await expect(pools.acquire({ ...nth(0), host, port, database, role, secret })).rejects.toThrow();
});
