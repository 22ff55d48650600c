import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { TenantPoolStats } from "./counts";
import { registryPool } from "./registry";
import { type Figures, Reporter } from "./report";

let control: TestControl;
let registry: pg.Pool;
// In the order in which rows are listed: two ids of one millisecond are in any.
const [ada = "", bea = ""] = [newId(systemClock()), newId(systemClock())].sort();
const limits = {
  perTenant: 4,
  total: 60,
  waitMs: 5000,
  mostWaiting: 1000,
  idleMs: 1000,
  statementMs: 1000,
  mostWaitingPerTenant: 250,
  connectMs: 5000,
};

beforeAll(async () => {
  control = await testControl();
  registry = registryPool();
});
beforeEach(() => control.sql("TRUNCATE runtime_processes CASCADE"));
afterAll(async () => {
  await registry.end();
  await control.close();
});

const none = { open: 0, idle: 0, waiting: 0, connects: 0, reuses: 0, waits: 0, waitMs: 0, evictions: 0, timeouts: 0 };

function figures(pools: Partial<Figures["pools"]> = {}, tenants: Partial<TenantPoolStats>[] = []): Figures {
  return {
    pools: { ...none, tenants: tenants.length, losses: 0, ...pools },
    tenants: tenants.map((tenant) => ({ ...none, tenantId: ada, ...tenant })),
    resolver: { lookups: 10, memoryHits: 8, redisHits: 1 },
  };
}

function reporter(read: () => Figures, app = "shop"): Reporter {
  return new Reporter(registry, { app, limits, read, clock: systemClock });
}

async function processes() {
  const { rows } = await control.sql(
    `SELECT app, pid, limits, open, waits::int, wait_ms AS ms, lookups::int, memory_hits::int AS memory, stopped_at,
            now() - seen_at < '2 s' AS fresh FROM runtime_processes ORDER BY app`,
  );
  return rows;
}

async function tenants() {
  const { rows } = await control.sql(
    `SELECT tenant_id AS id, open, idle, connects::int, reuses::int, wait_ms AS ms
     FROM runtime_pools ORDER BY tenant_id, connects`,
  );
  return rows;
}

/** Ends the connections that reports are written over. */
async function cutOff(): Promise<void> {
  await control.sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'tenantry runtime'`,
  );
}

test("a process says what it is, what it holds and what it counted, and goodbye when it ends", async () => {
  let now = figures({ open: 1 }, [{ open: 1, idle: 1, connects: 1 }]);
  const running = reporter(() => now);
  await running.report();
  now = figures({ open: 3, waits: 5, waitMs: 12.5 }, [
    { open: 2, idle: 1, connects: 2, reuses: 40, waitMs: 12.5 },
    { tenantId: bea, open: 1, connects: 1 },
  ]);
  await running.report();
  const told = { app: "shop", pid: process.pid, limits, open: 3, waits: 5, ms: 12.5, lookups: 10, memory: 8 };
  expect(await processes()).toEqual([{ ...told, stopped_at: null, fresh: true }]);
  expect(await tenants()).toEqual([
    { id: ada, open: 2, idle: 1, connects: 2, reuses: 40, ms: 12.5 },
    { id: bea, open: 1, idle: 0, connects: 1, reuses: 0, ms: 0 },
  ]);
  now = figures({ waits: 5 }, [{ connects: 2, reuses: 40 }]);
  await running.close();
  expect(await processes()).toMatchObject([{ open: 0, waits: 5, stopped_at: expect.any(Date) }]);
  expect(await tenants()).toMatchObject([{ id: ada, open: 0, idle: 0, connects: 2, reuses: 40 }]);
});

test("it reports by itself, and forgets a tenant of which nothing is kept or counted any more", async () => {
  let now = figures({ open: 1 }, [{ open: 1, connects: 1 }]);
  const running = reporter(() => now);
  await vi.waitFor(async () => expect(await tenants()).toMatchObject([{ open: 1 }]), { timeout: 3000 });
  now = figures({ open: 0 }, []);
  await vi.waitFor(async () => expect(await tenants()).toEqual([]), { timeout: 5000 });
  await running.close();
});

test("two processes that count and are cut off again and again tell exactly what they counted", async () => {
  const counted = [0, 0];
  const side = (index: 0 | 1) => () => {
    const connects = counted[index] ?? 0;
    const both = [ada, bea].map((tenantId) => ({ tenantId, open: 1, connects, reuses: connects * 2 }));
    return figures({ open: 2, waits: connects }, index === 0 ? both : both.reverse());
  };
  const running = [reporter(side(0), "one"), reporter(side(1), "two")];
  for (let step = 0; step < 60; step++) {
    counted[0] = (counted[0] ?? 0) + 7;
    counted[1] = (counted[1] ?? 0) + 11;
    const reports = running.map((one) => one.report());
    if (step % 10 === 5) await cutOff();
    await Promise.all(reports);
  }
  await cutOff();
  await vi.waitFor(() => expect(registry.idleCount).toBe(0), 5000);
  await Promise.all(running.map((one) => one.close()));
  expect((await processes()).map(({ waits }) => waits)).toEqual([420, 660]);
  expect((await tenants()).map(({ id, connects, reuses }) => [id, connects, reuses])).toEqual([
    ...[
      [ada, 420, 840],
      [ada, 660, 1320],
    ],
    ...[
      [bea, 420, 840],
      [bea, 660, 1320],
    ],
  ]);
});

test("rows that were tidied away are made again, those of tenants that did not move as well", async () => {
  const running = reporter(() => figures({ open: 1 }, [{ open: 1, connects: 1 }]));
  await running.report();
  await control.sql("DELETE FROM runtime_processes");
  await running.report();
  expect(await tenants()).toMatchObject([{ id: ada, open: 1, connects: 1 }]);
  await running.close();
});

test("a control database that answers nothing keeps nobody waiting, and is told all when it is back", async () => {
  let connects = 1;
  const running = reporter(() => figures({ open: 1, connects }, [{ open: 1, connects }]));
  await running.report();
  const blocker = await registry.connect();
  await blocker.query("BEGIN; LOCK TABLE runtime_processes IN ACCESS EXCLUSIVE MODE");
  connects = 50;
  const reports = Promise.all(Array.from({ length: 1000 }, () => running.report()));
  await vi.waitFor(async () => {
    const { rows } = await registry.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    );
    expect(rows[0].n, "one report at a time").toBe(1);
  }, 5000);
  await blocker.query("ROLLBACK");
  blocker.release();
  await reports;
  connects = 60;
  await running.report();
  expect(await tenants()).toMatchObject([{ id: ada, connects: 60 }]);
  await running.close();
});
