import fc from "fast-check";
import { expect, test } from "vitest";
import { lend, lendOnce } from "./lending";
import { askAndDiscard } from "./pg-session";
import type { PoolLimits } from "./pool-limits";
import type { TenantPools } from "./pools";
import { lateCancels } from "./testing-late-cancels";
import { poolsForTests } from "./testing-pools";

const { nth, pooled: unbounded } = poolsForTests(1);

// A build that forgets to give back must fail, and not hang.
const pooled = (limits: PoolLimits) => unbounded({ waitMs: 5000, ...limits });

const ask = (pools: TenantPools, text: string, values?: unknown[], signal?: AbortSignal) =>
  lendOnce(pools, nth(0), text, values, signal);

/** What a session shows that is not as new: the one connection's own view of itself. */
async function traces(pools: TenantPools): Promise<unknown> {
  const { rows } = await ask(
    pools,
    `SELECT current_setting('work_mem') AS memory, current_setting('app.user', true) AS own,
       to_regclass('pg_temp.left_over') AS temporary, pg_my_temp_schema() <> 0 AND EXISTS (
         SELECT FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r') AS tables,
       (SELECT count(*)::int FROM pg_prepared_statements WHERE name <> '') AS prepared,
       (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks,
       (SELECT count(*)::int FROM pg_listening_channels()) AS listening,
       (SELECT count(*)::int FROM pg_cursors WHERE name <> '') AS cursors`,
  );
  return rows[0];
}

const dirt = [
  "SET work_mem = '77MB'",
  "SELECT set_config('app.user', 'ada', false)",
  "CREATE TEMP TABLE left_over AS SELECT 1 AS n",
  "SELECT pg_advisory_lock(4711)",
  "LISTEN everything",
  "PREPARE mine AS SELECT 1",
  "BEGIN",
  "BEGIN; SET work_mem = '78MB'; SELECT pg_advisory_lock(4712)",
  "BEGIN; DECLARE c CURSOR FOR SELECT 1",
  "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
  "SET work_mem = '79MB'; SELECT 1 / 0",
  "BEGIN; SELECT 1 / 0",
  "SELECT pg_sleep(30)",
];

test("whatever a statement leaves behind, the next one finds a session as new on the same connection", async () => {
  const pools = pooled({ perTenant: 1, statementMs: 60 });
  const clean = await traces(pools);
  expect(clean).toMatchObject({ own: null, temporary: null, tables: false, prepared: 0, locks: 0, listening: 0 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...dirt), { minLength: 1, maxLength: 5 }), async (texts) => {
      for (const text of texts) await ask(pools, text).catch(() => undefined);
      expect(await traces(pools)).toEqual({ ...(clean as object), own: expect.toBeOneOf([null, ""]) });
    }),
    { numRuns: 40, endOnFailure: true, interruptAfterTimeLimit: 20_000 },
  );
  expect(pools.stats()).toMatchObject({ connects: 1, losses: 0 });
});

test("a named statement works again and again", async () => {
  const pools = pooled({ perTenant: 1 });
  for (const n of [1, 2, 3]) {
    const named = { name: "same", text: "SELECT $1::int AS n", values: [n] };
    expect((await lendOnce(pools, nth(0), named)).rows).toEqual([{ n }]);
  }
});

test("who goes away cancels the statement, and the next one is not hit", async () => {
  const pools = pooled({ perTenant: 1 });
  for (let n = 0; n < 20; n++) {
    const gone = new AbortController();
    const asking = ask(pools, "SELECT pg_sleep(0.02)", [], gone.signal).catch(() => undefined);
    setTimeout(() => gone.abort(new Error("gone")), n * 2);
    const next = ask(pools, "SELECT $1::int AS n", [n]);
    await asking;
    expect((await next).rows).toEqual([{ n }]);
  }
  expect(pools.stats()).toMatchObject({ connects: 1, losses: 0 });
});

test("a cancel request that PostgreSQL may still get closes the connection, and hits nobody", async () => {
  const { host, port } = nth(0);
  const proxy = await lateCancels({ host, port }, 1400);
  const pools = pooled({ perTenant: 1 });
  const tenant = { ...nth(0), host: "127.0.0.1", port: proxy.port };
  await lendOnce(pools, tenant, "SELECT 1");
  const given = async (signal: AbortSignal) => {
    const { client, giveBack } = await lend(pools, tenant, { tenantId: tenant.id, bound: true }, { signal });
    await Promise.resolve(client.query("SELECT pg_sleep(0.3)")).catch(() => undefined);
    await giveBack(true);
  };
  const once = (signal: AbortSignal) => lendOnce(pools, tenant, "SELECT pg_sleep(0.3)", [], signal);
  for (const borrow of [given, once]) {
    const gone = new AbortController();
    const asking = borrow(gone.signal).catch(() => undefined);
    setTimeout(() => gone.abort(new Error("gone")), 100);
    await asking;
    expect((await lendOnce(pools, tenant, "SELECT 1 AS n FROM pg_sleep(1.6)")).rows).toEqual([{ n: 1 }]);
  }
  expect(pools.stats()).toMatchObject({ connects: 3 });
  proxy.close();
});

test("a connection called clean whose transaction is open is made clean", async () => {
  const pools = pooled({ perTenant: 1 });
  const lease = await pools.acquire(nth(0));
  await lease.client.query("BEGIN");
  lease.releaseClean(Promise.resolve(true));
  const { rows } = await ask(pools, "SELECT now() = statement_timestamp() AS alone");
  expect(rows).toEqual([{ alone: true }]);
});

test("what pg would not even send gives the connection back", async () => {
  const pools = pooled({ perTenant: 1 });
  await expect(lendOnce(pools, nth(0), null as never)).rejects.toThrow("null");
  await expect(lendOnce(pools, nth(0), {} as never)).rejects.toThrow();
  expect((await ask(pools, "SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  expect(pools.stats()).toMatchObject({ connects: 1 });
});

test("a connection that ends is replaced", async () => {
  const pools = pooled({ perTenant: 1 });
  await expect(ask(pools, "SELECT pg_terminate_backend(pg_backend_pid())")).rejects.toThrow();
  expect((await ask(pools, "SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  expect(pools.stats()).toMatchObject({ connects: 2, losses: 1 });
});

test("a connection whose clean-up is not answered is cut, and replaced", async () => {
  const pools = pooled({ perTenant: 1 });
  const lease = await pools.acquire(nth(0));
  const { rows } = await lease.client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const pid = rows[0]?.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  const { asked, clean } = askAndDiscard(lease.client, () => lease.client.query("SELECT 1"));
  lease.releaseClean(clean);
  await expect(asked).rejects.toThrow();
  expect(await clean).toBe(false);
  process.kill(pid, "SIGCONT");
  expect((await ask(pools, "SELECT 2 AS n")).rows).toEqual([{ n: 2 }]);
  expect(pools.stats()).toMatchObject({ connects: 2 });
});
