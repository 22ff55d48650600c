import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { type Embedded, embeddedUser, startEmbedded } from "@/lib/platform/embedded";
import { freePort } from "@/lib/platform/free-port";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { sealAdminPassword } from "@/lib/servers/access";
import { startCollector } from "./collect";

let control: TestControl;
let tenant: TestTenant;

const folder = mkdtempSync(join(tmpdir(), "tenantry-second-"));
const password = randomBytes(8).toString("hex");
const second = { id: newId(new Date()), tenant: newId(new Date()), port: 0 };
let embedded: Embedded | undefined;

async function startSecond(): Promise<void> {
  embedded = await startEmbedded({ folder, port: second.port, password, settings: ["fsync=off"] });
}

beforeAll(async () => {
  chmodSync(folder, 0o755);
  control = await testControl();
  tenant = await control.makeTenant("first");
  second.port = await freePort();
  await startSecond();
  const { id, port } = second;
  const adminSecret = await sealAdminPassword(id, password);
  const server = { id, name: "second", region: "local", host: "127.0.0.1", port, adminUser: embeddedUser, adminSecret };
  await controlDb().server.create({ data: server });
  const registered = { id: second.tenant, slug: "other", name: "other", plan: "free", region: "local" };
  const place = { serverId: id, database: "postgres", role: embeddedUser, secret: "" };
  await controlDb().tenant.create({ data: { ...registered, ...place, status: "active" } });
});

afterAll(async () => {
  await embedded?.stop();
  await control?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Worker = { stop: () => Promise<void> };

function worker(): Worker {
  const end = new AbortController();
  const { done } = startCollector({ clock: systemClock, signal: end.signal });
  return {
    stop: async () => {
      end.abort();
      await done;
    },
  };
}

async function ticks(serverId: string): Promise<number> {
  const { rows } = await control.sql("SELECT count(*)::int AS n FROM server_ticks WHERE server_id = $1", [serverId]);
  return rows[0].n;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  await vi.waitFor(async () => expect(await what()).toBe(true), { timeout: 25_000, interval: 100 });
}

describe("the collector", { timeout: 120_000 }, () => {
  test("gives a new tenant figures, each with its source, and does not write what did not change", async () => {
    const running = worker();
    await until(async () => (await ticks(control.serverId)) >= 5);
    await running.stop();
    const { rows } = await control.sql("SELECT * FROM tenant_usage_latest WHERE tenant_id = $1", [tenant.id]);
    expect(rows[0]).toMatchObject({ cpu: 0, memory: 0, connections: 0, transactions: 0, requests: null });
    expect(rows[0].storage).toBeGreaterThan(5);
    expect(rows[0].sources).toMatchObject({ cpu: "proc", storage: "pg_database_size" });
    const logged = await control.sql(
      "SELECT metric_type, count(*)::int AS n FROM tenant_usage_logs WHERE tenant_id = $1 GROUP BY 1",
      [tenant.id],
    );
    // The value itself, and at most one heartbeat that happened to be due.
    for (const { n } of logged.rows) expect(n).toBeLessThanOrEqual(2);
  });

  test("shares the servers among workers: one measures, and when it ends another takes over", async () => {
    const first = worker();
    await until(async () => (await ticks(control.serverId)) > 5);
    const other = worker();
    const before = await ticks(control.serverId);
    await delay(6000);
    expect((await ticks(control.serverId)) - before).toBeLessThanOrEqual(4);
    await first.stop();
    const stopped = await ticks(control.serverId);
    await until(async () => (await ticks(control.serverId)) > stopped);
    await other.stop();
  });

  test("says that a server is gone, goes on with the others, and goes on without a spike when it is back", async () => {
    const running = worker();
    const firstOf = await ticks(second.id);
    await until(async () => (await ticks(second.id)) >= firstOf + 2);
    await embedded?.stop();
    const server = async () => await controlDb().server.findUniqueOrThrow({ where: { id: second.id } });
    await until(async () => (await server()).lastError !== null);
    expect((await server()).lastError).toMatch(/127\.0\.0\.1:\d+ (can't be reached|stopped answering)/);
    const alive = await ticks(control.serverId);
    await until(async () => (await ticks(control.serverId)) >= alive + 2);
    const dead = await ticks(second.id);
    await startSecond();
    await until(async () => (await ticks(second.id)) >= dead + 3);
    await running.stop();
    expect((await server()).lastError).toBeNull();
    const { rows } = await control.sql(
      `SELECT cpu, cpu_unattributed AS rest, transactions FROM server_ticks
        WHERE server_id = $1 ORDER BY id OFFSET $2`,
      [second.id, dead],
    );
    expect(rows[0]).toEqual({ cpu: null, rest: null, transactions: null });
    for (const { cpu, rest, transactions } of rows.slice(1)) {
      expect(cpu + rest).toBeLessThan(150);
      expect(Math.min(cpu, rest, transactions)).toBeGreaterThanOrEqual(0);
      expect(transactions).toBeLessThan(50);
    }
  });

  test("takes a reset of the statistics for a reset", async () => {
    const running = worker();
    const start = await ticks(control.serverId);
    await until(async () => (await ticks(control.serverId)) >= start + 2);
    await control.sql("SELECT pg_stat_reset()", [], tenant.database);
    await until(async () => (await ticks(control.serverId)) >= start + 5);
    await running.stop();
    const { rows } = await control.sql(
      "SELECT min(value) AS least, max(value) AS most FROM tenant_usage_logs WHERE metric_type = 'transactions'",
    );
    expect(rows[0].least).toBeGreaterThanOrEqual(0);
    expect(rows[0].most).toBeLessThan(50);
  });
});
