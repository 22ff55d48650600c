import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { applyMigrations } from "@/lib/platform/migrations";
import type { TenantRefusal } from "./refusal";
import { createRuntime, type Runtime } from "./runtime";
import { type OwnServer, ownServer, type Shutdown, type Stamped, stampedTenants } from "./testing-postgres";
import { failures, traffic } from "./testing-traffic";

const total = 8;
let registry: OwnServer;
let server: OwnServer;
let tenants: Stamped[];
const open: Runtime[] = [];

beforeAll(async () => {
  [registry, server] = await Promise.all([ownServer(["fsync=off"]), ownServer(["fsync=off"])]);
  await registry.sql("CREATE DATABASE control");
  await applyMigrations(registry.url("control"));
  process.env.DATABASE_URL = registry.url("control");
  process.env.TENANTRY_SECRET_KEY = randomBytes(32).toString("base64");
  process.env.LOG_LEVEL ??= "silent";
  tenants = await stampedTenants(server, control, 12);
}, 120_000);
afterEach(async () => {
  await Promise.all(open.splice(0).map((runtime) => runtime.close()));
});
afterAll(async () => {
  await Promise.all([server.end(), registry.end()]);
});

async function control(text: string, values?: unknown[]) {
  return await registry.sql(text, values, "control");
}

function started(): Runtime {
  const runtime = createRuntime({ clock: systemClock, pools: { total, perTenant: 2, waitMs: 5000 } });
  open.push(runtime);
  return runtime;
}

async function setStatus({ id }: Stamped, status: string): Promise<void> {
  await control("UPDATE tenants SET status = $2::tenant_status WHERE id = $1", [id, status]);
  await control("SELECT pg_notify('tenantry_tenant', $1)", [id]);
}

/** Nobody waits, everything was given back, and the server counts as many connections as the runtime. */
async function nothingLeaks(runtime: Runtime): Promise<void> {
  await vi.waitFor(
    async () => {
      const { open: ours, idle, waiting } = runtime.stats();
      expect({ waiting, idle }).toEqual({ waiting: 0, idle: ours });
      expect(ours).toBeLessThanOrEqual(total);
      const { rows } = await server.sql("SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname LIKE 't\\_%'");
      expect(rows[0].n).toBe(ours);
    },
    { timeout: 5000, interval: 20 },
  );
}

test.each<Shutdown>(["fast", "immediate"])(
  "the tenants' server goes down (%s) and comes back: clear errors, and soon everybody is served again",
  async (how) => {
    const runtime = started();
    const requests = traffic(runtime, tenants, 16);
    await requests.steady(10);
    await server.down(how);
    await delay(500);
    await server.up();
    const back = performance.now();
    await requests.steady(5);
    await requests.stop();
    const failed = failures(requests.passed, back);
    console.log(
      `tenants' server restarted (${how}): ${JSON.stringify({ ...failed, requests: requests.passed.length })}`,
    );
    expect(failed.count).toBeGreaterThan(0);
    expect(failed.clear).toBe(true);
    expect(failed.longestMs).toBeLessThan(5500);
    expect(failed.lastMs).toBeLessThan(1500);
    await nothingLeaks(runtime);
  },
);

test.each<Shutdown>(["fast", "immediate"])(
  "the control database goes down (%s): whoever was seen is served all the while, and others right after",
  async (how) => {
    const runtime = started();
    const [strange, ...known] = tenants;
    const requests = traffic(runtime, known, 8);
    await requests.steady(10);
    await registry.down(how);
    await delay(1500);
    const unseen = await runtime.resolve(`${strange?.slug}.localhost`).catch((error: unknown) => error);
    expect(unseen).toMatchObject({
      code: "unavailable",
      message: "The tenant registry can't be reached.",
      retryAfter: 2,
    });
    await registry.up();
    const back = performance.now();
    await vi.waitFor(() => runtime.resolve(`${strange?.slug}.localhost`), { timeout: 10_000, interval: 10 });
    const found = performance.now() - back;
    const heard = await changeSeen(runtime, tenants[1] as Stamped, back);
    await requests.stop();
    const failed = failures(requests.passed, back);
    const ms = { found: Math.round(found), heard: Math.round(heard) };
    console.log(
      `control database restarted (${how}): ${JSON.stringify({ ...ms, ...failed, requests: requests.passed.length })}`,
    );
    expect(Object.keys(failed.kinds).filter((kind) => !kind.includes("suspended"))).toEqual([]);
    expect(found).toBeLessThan(1000);
    expect(heard).toBeLessThan(6000);
    await nothingLeaks(runtime);
  },
);

/** Milliseconds from the server's being back until a change that was announced just then is seen. */
async function changeSeen(runtime: Runtime, tenant: Stamped, back: number): Promise<number> {
  await setStatus(tenant, "suspended");
  const refusal = () =>
    runtime.resolve(`${tenant.slug}.localhost`).then(
      () => "",
      (error: TenantRefusal) => error.refusal,
    );
  await vi.waitFor(async () => expect(await refusal()).toBe("suspended"), { timeout: 20_000, interval: 10 });
  const seen = performance.now() - back;
  await setStatus(tenant, "active");
  return seen;
}
