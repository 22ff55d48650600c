import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { createRuntime, type Runtime } from "./runtime";
import type { TenantClient } from "./tenant-client";
import { startPgbouncer, type TestPooler } from "./testing-pgbouncer";

let control: TestControl;
let ada: TestTenant;
let bea: TestTenant;
const poolers: Partial<Record<Mode, TestPooler>> = {};
const runtimes: Runtime[] = [];
const program = process.env.PGBOUNCER;
type Mode = "session" | "transaction";
const modes = ["session", "transaction"] as const;

beforeAll(async () => {
  control = await testControl();
  ada = await control.makeTenant("ada");
  bea = await control.makeTenant("bea");
  for (const mode of modes) {
    poolers[mode] = await startPgbouncer({ program, mode, behind: control.access, users: [ada, bea], size: 1 });
  }
});
afterEach(async () => {
  await Promise.all(runtimes.splice(0).map((runtime) => runtime.close(1000)));
});
afterAll(async () => {
  for (const mode of modes) await poolers[mode]?.close();
  await control.close();
});

/** A runtime whose tenants are reached through a pooler with one connection to each database. */
async function through(mode: Mode, port = poolers[mode]?.port): Promise<Runtime> {
  await control.sql("UPDATE servers SET pooler_host = '127.0.0.1', pooler_port = $1, pooler_mode = $2", [port, mode]);
  const runtime = createRuntime({ pools: { waitMs: 10_000, perTenant: 2 } });
  runtimes.push(runtime);
  return runtime;
}

const asAda = <Result>(runtime: Runtime, work: () => Promise<Result>) => runtime.runInTenantById(ada.id, work);

test.each(modes)(
  "in %s mode each tenant reaches its own database, and no startup parameter is refused",
  async (mode) => {
    const runtime = await through(mode);
    for (const { id, database, role } of [ada, bea]) {
      const where =
        "SELECT current_database() AS database, current_user AS role, current_setting('statement_timeout') AS t";
      const { rows } = await runtime.runInTenantById(id, () => runtime.query(where));
      expect(rows).toEqual([{ database, role, t: "30s" }]);
    }
  },
);

test.each(modes)("in %s mode nothing of one user's session is there for the next", async (mode) => {
  const runtime = await through(mode);
  const dirty = () =>
    runtime.withClient(async ({ query }) => {
      await query("SET search_path = public; SET statement_timeout = 25000; CREATE TEMP TABLE mine (n int)");
      await query("SELECT pg_advisory_lock(42)");
      await query("PREPARE told AS SELECT 1; LISTEN gossip; SET ROLE none");
      await query("SELECT set_config('app.user', 'ada', false)");
      await query("DECLARE kept CURSOR WITH HOLD FOR SELECT 1");
      await query({ name: "mine", text: "SELECT $1::int", values: [1] });
      return (await query<{ pid: number }>("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
    });
  const pid = await asAda(runtime, dirty);
  const look = () =>
    runtime.query(
      `SELECT pg_backend_pid() AS pid, current_setting('search_path') AS path, to_regclass('pg_temp.mine') AS temp,
         current_setting('statement_timeout') AS timeout, coalesce(current_setting('app.user', true), '') AS app,
         (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND database =
           (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks,
         (SELECT count(*)::int FROM pg_prepared_statements WHERE name IN ('told', 'mine')) AS prepared,
         (SELECT count(*)::int FROM pg_cursors WHERE name = 'kept') AS cursors,
         (SELECT count(*)::int FROM pg_listening_channels()) AS channels`,
    );
  const { rows } = await asAda(runtime, look);
  const nothing = { temp: null, app: "", locks: 0, prepared: 0, cursors: 0, channels: 0 };
  expect(rows).toEqual([{ pid, path: '"$user", public', timeout: "30s", ...nothing }]);
  const named = () => runtime.query({ name: "mine", text: "SELECT $1::int AS n", values: [2] });
  for (let n = 0; n < 2; n++) expect((await asAda(runtime, named)).rows).toEqual([{ n: 2 }]);
});

test("in transaction mode the work of a loan is kept or undone as a whole", async () => {
  const runtime = await through("transaction");
  const table = (name: string) => control.sql("SELECT to_regclass($1) AS found", [name], ada.database);
  await asAda(runtime, () => runtime.withClient(({ query }) => query("CREATE TABLE whole (n int UNIQUE)")));
  expect((await table("whole")).rows[0].found).not.toBeNull();
  const failing = runtime.runInTenantById(ada.id, () =>
    runtime.withClient(async ({ query }) => {
      await query("CREATE TABLE half (n int)");
      throw new Error("broken");
    }),
  );
  await expect(failing).rejects.toThrow("broken");
  expect((await table("half")).rows[0].found).toBeNull();
  const swallowed = asAda(runtime, () =>
    runtime.withClient(async ({ query }) => {
      await query("INSERT INTO whole VALUES (1)");
      await query("SELECT 1 / 0").catch(() => undefined);
    }),
  );
  await expect(swallowed).rejects.toMatchObject({ reason: "transaction_pooling" });
  expect((await control.sql("SELECT FROM whole", [], ada.database)).rowCount).toBe(0);
});

test("in transaction mode the app's own transactions hold, and what can't be kept clean is refused with words", async () => {
  const runtime = await through("transaction");
  await asAda(runtime, () => runtime.query("CREATE TABLE own (n int)"));
  await asAda(runtime, () =>
    runtime.withClient(async ({ query }) => {
      await query("BEGIN");
      await query("INSERT INTO own VALUES (1)");
      await query("SAVEPOINT s");
      await query("INSERT INTO own VALUES (2)");
      await query("ROLLBACK TO SAVEPOINT s");
      await query("COMMIT");
      await query("BEGIN ISOLATION LEVEL SERIALIZABLE");
      await query("INSERT INTO own VALUES (3)");
    }),
  );
  expect((await control.sql("SELECT n FROM own", [], ada.database)).rows).toEqual([{ n: 1 }]);
  for (const text of ["BEGIN; SELECT 1", "SELECT 1; commit", "COMMIT AND CHAIN", "/* a */ PREPARE TRANSACTION 'x'"]) {
    await expect(asAda(runtime, () => runtime.query(text))).rejects.toMatchObject({ code: "invalid" });
  }
  const harmless = "SELECT 'a; COMMIT' AS a, $tag$; ROLLBACK; $tag$ AS b -- ; COMMIT";
  await asAda(runtime, () => runtime.query(harmless));
});

test("in transaction mode a transaction whose end fails leaves nothing behind", async () => {
  const runtime = await through("transaction");
  const deferred = "CREATE TABLE strict (n int UNIQUE DEFERRABLE INITIALLY DEFERRED); INSERT INTO strict VALUES (1)";
  await asAda(runtime, () => runtime.query(deferred));
  const late = asAda(runtime, () =>
    runtime.withClient(async ({ query }) => {
      await query("SELECT pg_advisory_lock(7)");
      await query("INSERT INTO strict VALUES (1)");
    }),
  );
  await expect(late).rejects.toMatchObject({ code: "23505" });
  const locks = "SELECT count(*)::int AS n FROM pg_locks JOIN pg_database d ON d.oid = database";
  const held = `${locks} WHERE locktype = 'advisory' AND datname = $1`;
  await vi.waitFor(async () => expect((await control.sql(held, [ada.database])).rows).toEqual([{ n: 0 }]), 5000);
  expect((await asAda(runtime, () => runtime.query("SELECT 1 AS n"))).rows).toEqual([{ n: 1 }]);
});

const spoor = `SELECT pg_backend_pid() AS pid, current_setting('search_path') AS path,
  (SELECT count(*)::int FROM pg_prepared_statements WHERE name = 'evil') AS prepared,
  (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`;

/** Leaves all it can in the session while the next user waits at the pooler; what that one finds, and how this ended. */
async function handover(runtime: Runtime, begin: string, acts: (client: TenantClient) => Promise<unknown>) {
  let next: Promise<unknown> = Promise.resolve();
  let pid: unknown;
  const ended = await asAda(runtime, () =>
    runtime.withClient(async (client) => {
      if (begin) await client.query(begin);
      pid = (await client.query("SELECT pg_backend_pid() AS pid")).rows[0]?.pid;
      await client.query("SET search_path = pg_temp; SELECT pg_advisory_lock(42); PREPARE evil AS SELECT 1");
      next = asAda(runtime, () => runtime.query(`${spoor}, pg_sleep(0.2)`)).then(({ rows }) => rows[0]);
      await delay(100);
      await acts(client);
      if (begin) await client.query("COMMIT");
    }),
  ).catch((error: { code?: string }) => error.code);
  return { ended, found: await next, clean: { pid, path: '"$user", public', prepared: 0, locks: 0, pg_sleep: "" } };
}

test.each(["", "BEGIN"])(
  "in transaction mode who waits at the pooler finds nothing of a loan (%s) whose deferred check failed",
  async (begin) => {
    const runtime = await through("transaction");
    const table = "CREATE TABLE IF NOT EXISTS late (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)";
    await asAda(runtime, () => runtime.query(table));
    await asAda(runtime, () => runtime.query("DELETE FROM late; INSERT INTO late VALUES (1)"));
    const { ended, found, clean } = await handover(runtime, begin, ({ query }) =>
      query("INSERT INTO public.late VALUES (1)"),
    );
    expect(ended).toBe("23505");
    expect(found).toEqual(clean);
  },
);

test("in transaction mode who waits at the pooler finds nothing of a loan whose COMMIT itself failed", async () => {
  const runtime = await through("transaction");
  await asAda(runtime, () => runtime.query("CREATE TABLE skew (n int)"));
  const { ended, found, clean } = await handover(runtime, "BEGIN ISOLATION LEVEL SERIALIZABLE", async ({ query }) => {
    await query("SELECT count(*) FROM public.skew");
    await query("INSERT INTO public.skew VALUES (1)");
    const other = "BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT count(*) FROM skew; INSERT INTO skew VALUES (2); COMMIT";
    await control.sql(other, [], ada.database);
  });
  expect(ended).toBe("40001");
  expect(found).toEqual(clean);
});

test("in transaction mode no way of writing it hides a COMMIT", async () => {
  const runtime = await through("transaction");
  const tricks = [
    "/* BEGIN ATOMIC */ COMMIT; SET app.who = 'x'",
    "SELECT 1 AS a$$; COMMIT; SET app.who = 'x'; SELECT 1 AS b$$",
    "SELECT 1 -- a\r; COMMIT; SET app.who = 'x'",
    "SET standard_conforming_strings = off; SELECT 1",
  ];
  for (const [n, trick] of tricks.entries()) {
    const acts = async ({ query }: TenantClient) => {
      await query(trick);
      await query("SELECT 1, 'a\\'' ; COMMIT; SET app.who = 1; --'");
    };
    const { ended, found, clean } = await handover(runtime, "", acts);
    expect(ended).toBe(n < 3 ? "invalid" : "42601");
    expect(found).toEqual(clean);
  }
  const body = "CREATE FUNCTION two() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT two() AS n";
  expect(await asAda(runtime, () => runtime.query(body))).toMatchObject([{}, { rows: [{ n: 2 }] }]);
});

test("in transaction mode many more loans than connections are served", async () => {
  const runtime = await through("transaction");
  await asAda(runtime, () => runtime.query("CREATE TABLE many (n int)"));
  await asAda(runtime, () =>
    Promise.all(Array.from({ length: 30 }, (_, n) => runtime.query("INSERT INTO many VALUES ($1)", [n]))),
  );
  expect((await control.sql("SELECT FROM many", [], ada.database)).rowCount).toBe(30);
  expect(runtime.stats().open).toBeLessThanOrEqual(2);
});

test.each(modes)("in %s mode a pooler that is restarted is a brief 503, and then all is well", async (mode) => {
  const pooler = await startPgbouncer({ program, mode, behind: control.access, users: [ada, bea], size: 2 });
  try {
    const runtime = await through(mode, pooler.port);
    const ask = () => asAda(runtime, () => runtime.query("SELECT 1 AS n"));
    await ask();
    const running = asAda(runtime, () => runtime.query(`SELECT pg_sleep(20), '${mode}'`));
    const told = expect(running).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
    await vi.waitFor(async () => {
      const asleep = await control.sql(
        `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(20), ''${mode}%'`,
      );
      expect(asleep.rowCount).toBe(1);
    }, 5000);
    await pooler.kill();
    await told;
    await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
    await pooler.start();
    await vi.waitFor(async () => expect((await ask()).rows).toEqual([{ n: 1 }]), { timeout: 5000, interval: 50 });
  } finally {
    await pooler.close();
  }
});

test.each(modes)(
  "in %s mode a connection that leads to another database is found before the first row",
  async (mode) => {
    const astray = [
      `[databases]`,
      `${ada.database} = host=${control.access.host} port=${control.access.port} dbname=${bea.database}`,
    ];
    const users = [ada, bea];
    const pooler = await startPgbouncer({ program, mode, behind: control.access, users, size: 1, settings: astray });
    try {
      const runtime = await through(mode, pooler.port);
      await expect(asAda(runtime, () => runtime.query("SELECT 1"))).rejects.toThrow(`led to database ${bea.database}`);
    } finally {
      await pooler.close();
    }
  },
);
