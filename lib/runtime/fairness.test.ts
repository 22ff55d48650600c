import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { lend } from "./lending";
import type { TenantPools } from "./pools";
import type { RuntimeTenant } from "./tenant";
import { poolsForTests } from "./testing-pools";
import { warmUp } from "./warm";

const { nth, pooled, settled } = poolsForTests(5);

/** Asks again and again until told to stop, as a tenant under siege does; how often it was served. */
function noise(pools: TenantPools, tenant: RuntimeTenant, clients: number, stop: AbortSignal) {
  setMaxListeners(0, stop);
  let served = 0;
  const client = async () => {
    while (!stop.aborted) {
      const lease = await pools.acquire(tenant, stop).catch(() => null);
      await (lease ? lease.client.query("SELECT pg_sleep(0.005)") : delay(1));
      lease?.release();
      if (lease) served++;
    }
  };
  const done = Promise.all(Array.from({ length: clients }, client));
  return { served: () => served, done };
}

test("a tenant that fills the line does not keep another from its connection", async () => {
  const pools = pooled({ total: 4, perTenant: 4, waitMs: 20_000 });
  const stop = new AbortController();
  const noisy = noise(pools, nth(0), 100, stop.signal);
  await settled(pools, { open: 4 });
  const waits: number[] = [];
  for (let n = 0; n < 10; n++) {
    const started = performance.now();
    const lease = await pools.acquire(nth(1));
    waits.push(performance.now() - started);
    lease.release();
  }
  const before = noisy.served();
  stop.abort();
  await noisy.done;
  // A hundred wait before it, each for 5 ms on one of four connections; it does not wait for them.
  expect(Math.max(...waits)).toBeLessThan(5000);
  expect(waits.filter((ms) => ms < 1000).length).toBeGreaterThan(7);
  expect(before).toBeGreaterThan(0);
  expect(pools.stats().open).toBeLessThanOrEqual(4);
});

test("one tenant gets at most its share of the line, and the others still join", async () => {
  const pools = pooled({ total: 1, waitMs: 500, mostWaiting: 8 });
  const lease = await pools.acquire(nth(0));
  const waiting = [0, 0, 1, 1].map((n) => pools.acquire(nth(n)).then((late) => late.release()));
  await expect(pools.acquire(nth(0))).rejects.toMatchObject({ code: "unavailable", reason: "pool_tenant" });
  const [other] = [pools.acquire(nth(2)).then((late) => late.release())];
  expect(pools.stats().waiting).toBe(5);
  lease.release();
  await Promise.allSettled([...waiting, other]);
});

test("a loan that still has to end keeps nobody from a free place", async () => {
  const pools = pooled({ total: 4, perTenant: 2, waitMs: 1000 });
  const borrower = { tenantId: nth(0).id, bound: true };
  const slow = await lend(pools, nth(0), borrower);
  const running = Promise.resolve(slow.client.query("SELECT pg_sleep(20)")).catch(() => undefined);
  const given = slow.giveBack(true);
  const other = await lend(pools, nth(0), borrower);
  expect(pools.stats()).toMatchObject({ connects: 2, waits: 0 });
  await other.giveBack(true);
  await given;
  await running;
});

test("five tenants with room for two connections are all served, and the total holds", async () => {
  const pools = pooled({ total: 2, perTenant: 2, waitMs: 20_000 });
  const stop = new AbortController();
  const all = [0, 1, 2, 3, 4].map((n) => noise(pools, nth(n), 3, stop.signal));
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, pools.stats().open);
  }, 1);
  const deadline = performance.now() + 15_000;
  while (all.some(({ served }) => served() < 5) && performance.now() < deadline) await delay(10);
  stop.abort();
  await Promise.all(all.map(({ done }) => done));
  clearInterval(watch);
  expect(all.every(({ served }) => served() >= 5)).toBe(true);
  expect(most).toBeLessThanOrEqual(2);
});

test("connections that were opened ahead are used by the first requests, and limits hold", async () => {
  const pools = pooled({ total: 5, perTenant: 2 });
  expect(await warmUp(pools, [nth(0), nth(1)], 9)).toEqual({ opened: 4, failed: [] });
  expect(pools.stats()).toMatchObject({ open: 4, idle: 4, connects: 4 });
  (await pools.acquire(nth(0))).release();
  expect(pools.stats()).toMatchObject({ connects: 4, reuses: 1 });
  await settled(pools, { idle: 4 });
  expect((await warmUp(pools, [nth(2), nth(3), nth(4)], 2)).opened).toBe(1);
  expect(pools.stats()).toMatchObject({ open: 5, evictions: 0 });
  const [counted] = pools.perTenant().filter(({ tenantId }) => tenantId === nth(0).id);
  expect(counted).toMatchObject({ open: 2, idle: 2, connects: 2, reuses: 1, waits: 0, waitMs: 0 });
});
