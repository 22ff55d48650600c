import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { runInTenant } from "./context";
import { lend } from "./lending";
import type { PoolLimits } from "./pool-limits";
import { TenantPools } from "./pools";
import { findTenant, registryPool } from "./registry";
import type { RuntimeTenant } from "./tenant";
import type { TenantClient } from "./tenant-client";

let control: TestControl;
let ada: RuntimeTenant;
let bea: RuntimeTenant;
const opened: TenantPools[] = [];

beforeAll(async () => {
  control = await testControl();
  const registry = registryPool();
  const make = async (slug: string) => {
    const tenant = await findTenant(registry, { id: (await control.makeTenant(slug)).id });
    if (!tenant) throw new Error("no tenant");
    return tenant;
  };
  ada = await make("ada");
  bea = await make("bea");
  await registry.end();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close(1000)));
});
afterAll(() => control.close());

function pooled(limits: PoolLimits = {}): TenantPools {
  const pools = new TenantPools(limits, () => new Date());
  opened.push(pools);
  return pools;
}

async function lent(pools: TenantPools, signal?: AbortSignal) {
  const { client, giveBack } = await lend(pools, ada, { tenantId: ada.id, bound: false }, { signal });
  return { client, giveBack, query: client.query as TenantClient["query"] };
}

const asAda = <Result>(work: () => Result) => runInTenant(ada, work);

test("a connection answers only in its own tenant's context, and only while it is lent", async () => {
  const pools = pooled();
  const { query, giveBack } = await lent(pools);
  await expect(query("SELECT 1")).rejects.toThrow("No tenant here");
  await expect(runInTenant(bea, () => query("SELECT 2"))).rejects.toThrow("another tenant");
  expect((await asAda(() => query("SELECT 3 AS n"))).rows).toEqual([{ n: 3 }]);
  await giveBack(true);
  await expect(asAda(() => query("SELECT 4"))).rejects.toThrow("given back");
});

test("a named statement works again after the session was made new", async () => {
  const pools = pooled({ perTenant: 1 });
  for (const n of [1, 2, 3]) {
    const { query, giveBack } = await lent(pools);
    const ask = () => query<{ n: number }>({ name: "same", text: "SELECT $1::int AS n", values: [n] });
    expect((await asAda(ask)).rows).toEqual([{ n }]);
    expect((await asAda(ask)).rows).toEqual([{ n }]);
    await giveBack(true);
  }
  expect(pools.stats().connects).toBe(1);
});

test("listeners and type parsers end with the loan", async () => {
  const pools = pooled({ perTenant: 1 });
  const first = await lent(pools);
  const heard: unknown[] = [];
  first.client.on("notice", (notice: { message: string }) => heard.push(notice.message));
  await asAda(async () => {
    first.client.setTypeParser(23, (text: string) => `<${text}>`);
    expect((await first.query("SELECT 1::int AS n")).rows).toEqual([{ n: "<1>" }]);
    await first.query("DO $$ BEGIN RAISE NOTICE 'mine'; END $$");
  });
  expect(heard).toEqual(["mine"]);
  await first.giveBack(true);
  const next = await lent(pools);
  await asAda(async () => {
    await next.query("DO $$ BEGIN RAISE NOTICE 'theirs'; END $$");
    expect((await next.query("SELECT 1::int AS n")).rows).toEqual([{ n: 1 }]);
  });
  expect(heard).toEqual(["mine"]);
  await next.giveBack(true);
  expect(pools.stats().connects).toBe(1);
});

test("a statement that still runs when the work returns is cancelled, and its connection closed", async () => {
  const pools = pooled({ perTenant: 1 });
  const { query, giveBack } = await lent(pools);
  const left = expect(asAda(() => query("SELECT pg_sleep(30)"))).rejects.toMatchObject({ code: "57014" });
  await giveBack(true);
  await left;
  await vi.waitFor(() => expect(pools.stats()).toMatchObject({ open: 0, losses: 1 }), { timeout: 5000 });
  const next = await lent(pools);
  expect((await asAda(() => next.query("SELECT 1 AS n"))).rows).toEqual([{ n: 1 }]);
  await next.giveBack(true);
});

test("when the caller goes away its statement is cancelled, and the connection is lent again", async () => {
  const pools = pooled({ perTenant: 1 });
  const gone = new AbortController();
  const { query, giveBack } = await lent(pools, gone.signal);
  const running = asAda(() => query("SELECT pg_sleep(30)"));
  setTimeout(() => gone.abort(new Error("gone")), 50);
  await expect(running).rejects.toMatchObject({ code: "57014" });
  await expect(asAda(() => query("SELECT 1"))).rejects.toThrow("gone");
  await giveBack(false);
  const next = await lent(pools);
  expect((await asAda(() => next.query("SELECT 1 AS n"))).rows).toEqual([{ n: 1 }]);
  await next.giveBack(true);
  expect(pools.stats()).toMatchObject({ connects: 1, losses: 0 });
});

test("who goes away leaves the line, and a connection that was being opened for them is for the next", async () => {
  const pools = pooled({ perTenant: 1 });
  const gone = new AbortController();
  const opening = lend(pools, ada, { tenantId: ada.id, bound: false }, { signal: gone.signal });
  gone.abort(new Error("gone"));
  await expect(opening).rejects.toThrow("gone");
  await vi.waitFor(() => expect(pools.stats()).toMatchObject({ open: 1, idle: 1 }), { timeout: 5000 });
  const holder = await lent(pools);
  const second = new AbortController();
  const waiting = lent(pools, second.signal);
  expect(pools.stats().waiting).toBe(1);
  second.abort(new Error("gone too"));
  await expect(waiting).rejects.toThrow("gone too");
  expect(pools.stats().waiting).toBe(0);
  await holder.giveBack(true);
});
