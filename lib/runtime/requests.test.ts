import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { log } from "@/lib/platform/log";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { registryPool } from "./registry";
import { RequestCounter } from "./requests";

let control: TestControl;
let registry: pg.Pool;
const clock = () => new Date("2026-11-21T12:00:00Z");
const [ada, bea] = [newId(clock()), newId(clock())];

beforeAll(async () => {
  control = await testControl();
  registry = registryPool();
});
beforeEach(() => control.sql("TRUNCATE tenant_request_counters"));
afterAll(async () => {
  await registry.end();
  await control.close();
});

async function stored(id: string): Promise<{ requests: number; errors: number; ms: number } | undefined> {
  const { rows } = await control.sql(
    `SELECT requests::int, errors::int, duration_ms AS ms, updated_at = $2 AS timely
     FROM tenant_request_counters WHERE tenant_id = $1`,
    [id, clock()],
  );
  return rows[0];
}

test("requests of many tenants are added up, by the clock that was given", async () => {
  const counter = new RequestCounter(registry, clock);
  counter.observe(ada, 10, false);
  counter.observe(ada, 5.5, true);
  counter.observe(bea, 1, false);
  await counter.flush();
  expect(await stored(ada)).toEqual({ requests: 2, errors: 1, ms: 15.5, timely: true });
  expect(await stored(bea)).toEqual({ requests: 1, errors: 0, ms: 1, timely: true });
  await counter.close();
});

test("what is no tenant's id or no time is left out, and loses nothing of what is counted beside it", async () => {
  const complaints = vi.spyOn(log(), "warn");
  const counter = new RequestCounter(registry, clock);
  counter.observe(ada, 1, false);
  for (const id of ["not-an-id", "", `${ada} `, "\0", undefined as unknown as string]) counter.observe(id, 1, false);
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, -1, Number.MAX_VALUE, "2" as unknown as number])
    counter.observe(ada, ms, false);
  // The same tenant, as somebody else may write it: twice in one statement would be an error.
  counter.observe(ada.toUpperCase(), 2, false);
  await counter.flush();
  expect(await stored(ada)).toMatchObject({ requests: 2, ms: 3 });
  expect(complaints).toHaveBeenCalledTimes(1);
  counter.observe(bea, 1, false);
  await counter.close();
  expect(await stored(bea)).toMatchObject({ requests: 1 });
  complaints.mockRestore();
});

test("a tenant that is gone from the registry keeps nobody's counts back", async () => {
  const gone = await control.makeTenant("gone");
  const counter = new RequestCounter(registry, clock);
  counter.observe(gone.id, 1, false);
  counter.observe(ada, 1, false);
  await control.sql("DELETE FROM tenants WHERE id = $1", [gone.id]);
  await counter.flush();
  expect(await stored(ada)).toMatchObject({ requests: 1 });
  await counter.close();
});

test("they are written by themselves each second", async () => {
  const counter = new RequestCounter(registry, clock);
  counter.observe(ada, 1, false);
  await vi.waitFor(async () => expect(await stored(ada)).toMatchObject({ requests: 1 }), 5000);
  await counter.close();
});

test("two processes that count and flush at once lose and double nothing", async () => {
  const counters = [new RequestCounter(registry, clock), new RequestCounter(registry, clock)];
  await Promise.all(
    counters.map(async (counter, side) => {
      for (let n = 0; n < 3000; n++) {
        counter.observe(n % 3 === 0 ? ada : bea, 1, n % 10 === 0);
        if (n % 50 === side) void counter.flush();
        if (n % 100 === 0) await delay(1);
      }
    }),
  );
  await Promise.all(counters.map((counter) => counter.close()));
  expect(await stored(ada)).toMatchObject({ requests: 2000, errors: 200, ms: 2000 });
  expect(await stored(bea)).toMatchObject({ requests: 4000, errors: 400, ms: 4000 });
});

test("a flush whose connection is killed is tried again, and what came meanwhile is counted too", async () => {
  const counter = new RequestCounter(registry, clock);
  counter.observe(ada, 1, false);
  const blocker = await registry.connect();
  await blocker.query("BEGIN; LOCK TABLE tenant_request_counters IN ACCESS EXCLUSIVE MODE");
  const flush = counter.flush();
  const failed = expect(flush).rejects.toThrow();
  counter.observe(ada, 1, true);
  await vi.waitFor(async () => {
    const killed = await control.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO tenant_request%'`,
    );
    expect(killed.rowCount).toBe(1);
  }, 5000);
  await failed;
  await blocker.query("COMMIT");
  blocker.release();
  await counter.close();
  expect(await stored(ada)).toMatchObject({ requests: 2, errors: 1 });
});

/** A registry whose connection breaks at the first COMMIT: after PostgreSQL has done it, or before it is asked. */
function breaking(when: "after" | "before"): pg.Pool {
  let broken = false;
  const connect = async () => {
    const client = await registry.connect();
    const query = client.query.bind(client) as (...input: unknown[]) => Promise<unknown>;
    client.query = (async (...input: unknown[]) => {
      const breaks = input[0] === "COMMIT" && !broken;
      if (breaks) broken = true;
      if (breaks && when === "before") throw new Error("Connection terminated unexpectedly");
      const result = await query(...input);
      if (breaks) throw new Error("Connection terminated unexpectedly");
      return result;
    }) as unknown as typeof client.query;
    return client;
  };
  return { connect, query: registry.query.bind(registry) } as unknown as pg.Pool;
}

test.each(["after", "before"] as const)(
  "when the connection breaks %s COMMIT is done, PostgreSQL is asked and nothing is doubled or lost",
  async (when) => {
    const counter = new RequestCounter(breaking(when), clock);
    counter.observe(ada, 2, false);
    await expect(counter.flush()).rejects.toThrow("terminated");
    counter.observe(ada, 3, false);
    await delay(50);
    await counter.close();
    expect(await stored(ada)).toMatchObject({ requests: 2, ms: 5 });
  },
);
