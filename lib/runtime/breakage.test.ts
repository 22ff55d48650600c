import { createServer, type Server } from "node:net";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { freePort } from "@/lib/platform/free-port";
import { Outages } from "./outages";
import { poolsForTests } from "./testing-pools";

const { nth, pooled, settled, sql } = poolsForTests(3);

const dirt = [
  "SET search_path = pg_catalog",
  "SET ROLE none",
  "SET SESSION AUTHORIZATION DEFAULT; SET statement_timeout = 1",
  "SELECT set_config('app.user', 'ada', false)",
  "CREATE TEMP TABLE mine (n int)",
  "SELECT pg_advisory_lock(42)",
  "SELECT pg_advisory_lock_shared(43)",
  "LISTEN gossip",
  "PREPARE told AS SELECT 1",
  "DECLARE kept CURSOR WITH HOLD FOR SELECT 1",
  "BEGIN",
  "BEGIN; SET LOCAL work_mem = '1MB'; SAVEPOINT s",
  "SELECT 1 / 0",
  "BEGIN; SELECT 1 / 0",
  "SET default_transaction_read_only = on",
  "SET TimeZone = 'Asia/Tokyo'",
];

const state = `SELECT current_setting('search_path') || current_setting('role') || current_setting('statement_timeout')
    || current_setting('work_mem') || current_setting('default_transaction_read_only') || current_setting('TimeZone')
    || coalesce(current_setting('app.user', true), '') AS settings, session_user || current_user AS who,
  to_regclass('pg_temp.mine') AS temp, (SELECT count(*)::int FROM pg_prepared_statements WHERE name <> '') AS prepared,
  (SELECT count(*)::int FROM pg_cursors WHERE name = 'kept') AS cursors,
  (SELECT count(*)::int FROM pg_listening_channels()) AS channels,
  (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`;

test("whatever the last user did, in whatever order, the session is as new", async () => {
  const pools = pooled({ perTenant: 1 });
  const look = async () => {
    const lease = await pools.acquire(nth(0));
    const { rows } = await lease.client.query(state);
    lease.release();
    return rows;
  };
  const fresh = await look();
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...dirt), { minLength: 1, maxLength: 6 }), async (acts) => {
      const lease = await pools.acquire(nth(0));
      for (const act of acts) await lease.client.query(act).catch(() => undefined);
      lease.release();
      expect(await look()).toEqual(fresh);
    }),
    { numRuns: 40 },
  );
});

test("connections that end while they are reset or lent are replaced, and counted as lost", async () => {
  const pools = pooled({ perTenant: 2 });
  const kill = () =>
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [nth(0).database]);
  for (let n = 0; n < 5; n++) {
    const lease = await pools.acquire(nth(0));
    const killed = kill();
    lease.release();
    await killed;
  }
  await settled(pools, { open: 0, idle: 0 });
  const { losses, connects } = pools.stats();
  expect(connects).toBeGreaterThan(1);
  expect(losses).toBe(connects);
  const lease = await pools.acquire(nth(0));
  expect((await lease.client.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  lease.release();
});

test("a server that is not there is a clear 503, at once for those who come next, and is found again", async () => {
  const pools = pooled({ connectMs: 1000 });
  const port = await freePort();
  const away = { ...nth(0), host: "127.0.0.1", port };
  const refused = () => pools.acquire(away).catch((error: unknown) => error);
  const told = await refused();
  expect(told).toMatchObject({ code: "unavailable", retryAfter: 5, reason: "ECONNREFUSED" });
  // The very same words: nobody asked the server again.
  expect(await refused()).toBe(told);
  expect(pools.stats().open).toBe(0);
  (await pools.acquire(nth(1))).release();
});

test("a server that never answers holds one place, and not those of the others", async () => {
  const silent: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = address && typeof address === "object" ? address.port : 0;
  const pools = pooled({ total: 2, connectMs: 1500, waitMs: 10_000 });
  const away = { ...nth(0), host: "127.0.0.1", port };
  await expect(pools.acquire(away)).rejects.toMatchObject({ code: "unavailable" });
  await vi.waitFor(() => expect(pools.stats().open).toBe(0), 5000);
  await new Promise((resolve) => setTimeout(resolve, 260));
  const asked = Array.from({ length: 10 }, () => pools.acquire(away).catch((error: unknown) => error));
  const started = performance.now();
  (await pools.acquire(nth(1))).release();
  expect(performance.now() - started).toBeLessThan(1400);
  for (const error of await Promise.all(asked)) expect(error).toMatchObject({ code: "unavailable" });
  silent.close();
});

test("a tenant whose own password verifier pg refuses is away alone", async () => {
  const pools = pooled({});
  const verifier =
    "W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";
  await sql(`ALTER ROLE "${nth(2).role}" PASSWORD 'SCRAM-SHA-256$100001:${verifier}'`);
  for (let n = 0; n < 3; n++) {
    await expect(pools.acquire(nth(2))).rejects.toMatchObject({ code: "unavailable", reason: "sign_in" });
    (await pools.acquire(nth(n % 2))).release(true);
  }
});

test("silence is a tenant's own until a second one meets it, and the first word ends it", async () => {
  const outages = new Outages();
  const silence = () => Promise.reject(new AppError("unavailable", "silent", { reason: "ETIMEDOUT" }));
  const works = vi.fn(async (heard: () => void) => heard());
  await expect(outages.attempt(nth(0), silence)).rejects.toThrow("silent");
  await expect(outages.attempt(nth(0), works)).rejects.toThrow("silent");
  expect(works).not.toHaveBeenCalled();
  await expect(outages.attempt(nth(1), silence)).rejects.toThrow("silent");
  await expect(outages.attempt(nth(2), works)).rejects.toThrow("silent");
  await vi.waitFor(() => outages.attempt(nth(2), works), 2000);
  await outages.attempt(nth(0), works);
  const late = async (heard: () => void) => {
    heard();
    await silence();
  };
  await expect(outages.attempt(nth(0), late)).rejects.toThrow("silent");
  await outages.attempt(nth(0), works);
});

test("a tenant that changes while its connection is lent: the loan ends well, and those who wait are told", async () => {
  const pools = pooled({ perTenant: 1, waitMs: 5000 });
  const lease = await pools.acquire(nth(0));
  const waiting = expect(pools.acquire(nth(0))).rejects.toMatchObject({ reason: "pool_changed" });
  pools.retire(nth(0).id);
  await waiting;
  expect((await lease.client.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  lease.release();
  await settled(pools, { open: 0, losses: 0 });
});

test("when the app stops, those who wait are told and what is lent may finish", async () => {
  const pools = pooled({ perTenant: 1, waitMs: 5000 });
  const lease = await pools.acquire(nth(0));
  const waiting = expect(pools.acquire(nth(0))).rejects.toThrow("stopping");
  const closed = pools.close(5000);
  await waiting;
  expect((await lease.client.query("SELECT 1 AS n")).rows).toEqual([{ n: 1 }]);
  lease.release();
  await closed;
  expect(pools.stats().open).toBe(0);
});
