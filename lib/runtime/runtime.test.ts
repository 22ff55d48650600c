import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import type { TenantRefusal } from "./refusal";
import { createRuntime, type Runtime } from "./runtime";

let control: TestControl;
let runtime: Runtime;
let tenants: TestTenant[];
const slugs = ["amber", "birch", "cedar", "delta", "ember", "flint"];

beforeAll(async () => {
  control = await testControl();
  tenants = [];
  for (const slug of slugs) {
    const tenant = await control.makeTenant(slug);
    await control.sql(`CREATE TABLE stamp AS SELECT '${tenant.id}'::uuid AS tenant`, [], tenant.database);
    await control.sql(`ALTER TABLE stamp OWNER TO ${tenant.role}`, [], tenant.database);
    tenants.push(tenant);
  }
  runtime = createRuntime({ clock: systemClock, pools: { total: 8, perTenant: 3, waitMs: 10_000 } });
});
beforeEach(async () => {
  await Promise.all(tenants.map((tenant) => setStatus(tenant, "active")));
  // What the test before announced may still be on its way.
  for (const { slug } of tenants) await msUntil(`${slug}.localhost`, "served");
});
afterAll(async () => {
  await runtime.close();
  await control.close();
});

function first(): TestTenant {
  const [tenant] = tenants;
  if (!tenant) throw new Error("no tenant");
  return tenant;
}

async function setStatus({ id }: TestTenant, status: string): Promise<void> {
  await control.sql("UPDATE tenants SET status = $2::tenant_status WHERE id = $1", [id, status]);
  await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [id]);
}

async function addDomain({ id }: TestTenant, hostname: string, verifiedAt: Date | null = new Date()): Promise<void> {
  const values = [newId(new Date()), id, hostname, verifiedAt];
  await control.sql(
    "INSERT INTO domains (id, tenant_id, hostname, token, verified_at) VALUES ($1, $2, $3, 'token', $4)",
    values,
  );
  await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [id]);
}

async function stampAt(host: string): Promise<string> {
  const tenant = await runtime.resolve(host);
  return await runtime.runInTenant(tenant, async () => {
    const { rows } = await runtime.query<{ tenant: string }>("SELECT tenant FROM stamp");
    return rows[0]?.tenant ?? "nothing";
  });
}

/** Milliseconds until asking gives a refusal (or none, for "served"). */
async function msUntil(host: string, wanted: string): Promise<number> {
  const started = performance.now();
  for (;;) {
    const answer = await stampAt(host).then(
      () => "served",
      (error: TenantRefusal) => error.refusal,
    );
    const ms = performance.now() - started;
    if (answer === wanted || ms > 5000) return ms;
    await delay(5);
  }
}

test("a slug's host and a tenant's own domain lead to its own database", async () => {
  const tenant = first();
  await addDomain(tenant, "shop.example.com");
  expect(await stampAt("amber.localhost:3001")).toBe(tenant.id);
  expect(await stampAt("SHOP.Example.com.")).toBe(tenant.id);
});

test("somebody's own domain can't take another tenant's subdomain", async () => {
  const [amber = first(), birch] = tenants;
  await addDomain(amber, "birch.localhost");
  expect(await stampAt("birch.localhost")).toBe(birch?.id);
});

test("a domain that nobody has proven answers nobody, also where another tenant claims it, too", async () => {
  const [amber = first(), birch = first()] = tenants;
  await addDomain(birch, "claimed.example.com", null);
  await expect(runtime.resolve("claimed.example.com")).rejects.toMatchObject({ refusal: "unknown" });
  await addDomain(amber, "claimed.example.com");
  await vi.waitFor(async () => expect(await stampAt("claimed.example.com")).toBe(amber.id), { timeout: 5000 });
});

test("without a context there is no connection", async () => {
  await expect(runtime.query("SELECT 1")).rejects.toThrow("No tenant here");
  await expect(runtime.withClient(async () => 1)).rejects.toThrow("No tenant here");
});

test.each(["suspended", "blocked", "inactive"])(
  "a tenant that becomes %s is refused within a second",
  async (status) => {
    expect(await stampAt("cedar.localhost")).toBe(tenants[2]?.id);
    if (tenants[2]) await setStatus(tenants[2], status);
    expect(await msUntil("cedar.localhost", status)).toBeLessThan(1000);
    if (tenants[2]) await setStatus(tenants[2], "active");
    expect(await msUntil("cedar.localhost", "served")).toBeLessThan(1000);
  },
);

test("a new tenant at a host that was unknown is served within a second", async () => {
  expect(await msUntil("garnet.localhost", "unknown")).toBeLessThan(1000);
  const tenant = await control.makeTenant("garnet");
  await control.sql(`CREATE TABLE stamp AS SELECT '${tenant.id}'::uuid AS tenant`, [], tenant.database);
  await control.sql(`ALTER TABLE stamp OWNER TO ${tenant.role}`, [], tenant.database);
  await setStatus(tenant, "active");
  expect(await msUntil("garnet.localhost", "served")).toBeLessThan(1000);
});

test("changes that were announced while the listening connection was lost are seen when it is back", async () => {
  const tenant = first();
  await stampAt("amber.localhost");
  await control.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
  await control.sql("UPDATE tenants SET status = 'suspended' WHERE id = $1", [tenant.id]);
  expect(await msUntil("amber.localhost", "suspended")).toBeLessThan(2000);
});

/** Waits until a statement of a tenant's sleeps. */
async function asleep(tenant: TestTenant | undefined): Promise<void> {
  const found = "SELECT FROM pg_stat_activity WHERE datname = $1 AND wait_event = 'PgSleep'";
  await vi.waitFor(async () => expect((await control.sql(found, [tenant?.database])).rowCount).toBe(1), 5000);
}

test("when PostgreSQL withdraws the connection first, the answer is the status and not an error", async () => {
  const tenant = first();
  await stampAt("amber.localhost");
  const running = runtime.runInTenant(await runtime.resolve("amber.localhost"), () =>
    runtime.query("SELECT pg_sleep(10)"),
  );
  const refused = expect(running).rejects.toMatchObject({ refusal: "suspended", status: 403 });
  await asleep(tenant);
  await control.sql("UPDATE tenants SET status = 'suspended' WHERE id = $1", [tenant.id]);
  await control.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [tenant.database]);
  await refused;
});

test("a connection that is lost for no reason of the tenant's is a 503 that says to try again", async () => {
  const running = runtime.runInTenant(await runtime.resolve("birch.localhost"), () =>
    runtime.query("SELECT pg_sleep(10)"),
  );
  const lost = expect(running).rejects.toMatchObject({ code: "unavailable", retryAfter: 1 });
  await asleep(tenants[1]);
  await control.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [
    tenants[1]?.database,
  ]);
  await lost;
  expect(await stampAt("birch.localhost")).toBe(tenants[1]?.id);
});

test("an error of the statement itself is passed on as PostgreSQL gave it", async () => {
  const tenant = await runtime.resolve("amber.localhost");
  await expect(runtime.runInTenant(tenant, () => runtime.query("SELECT nonsense"))).rejects.toMatchObject({
    code: "42703",
  });
});

test("a client that is kept is useless afterwards, so it can't reach another tenant", async () => {
  const [amber, birch] = [await runtime.resolve("amber.localhost"), await runtime.resolve("birch.localhost")];
  await runtime.runInTenant(amber, () =>
    runtime.withClient(async (client) => {
      await expect(runtime.runInTenant(birch, () => client.query("SELECT 1"))).rejects.toThrow("another tenant");
    }),
  );
  const kept = await runtime.runInTenant(amber, () => runtime.withClient(async (client) => client));
  await expect(runtime.runInTenant(amber, () => kept.query("SELECT 1"))).rejects.toThrow("given back");
});

test("under load, failures and evictions, every row carries its own tenant's stamp", async () => {
  const act = fc.record({ who: fc.nat(slugs.length - 1), how: fc.constantFrom("read", "fail", "open", "nest") });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 50 }), async (acts) => {
      await Promise.all(acts.map(({ who, how }) => visit(who, how)));
      expect(runtime.stats().open).toBeLessThanOrEqual(8);
    }),
    { numRuns: 8 },
  );
});

async function visit(who: number, how: "read" | "fail" | "open" | "nest"): Promise<void> {
  const host = `${slugs[who]}.localhost`;
  const tenant = await runtime.resolve(host);
  await runtime.runInTenant(tenant, async () => {
    if (how === "fail") await expect(runtime.query("SELECT 1 / 0")).rejects.toThrow("division");
    if (how === "open") await runtime.withClient(({ query }) => query("BEGIN; CREATE TEMP TABLE stamp (tenant uuid)"));
    if (how === "nest") await visit((who + 1) % slugs.length, "read");
    const { rows } = await runtime.query<{ tenant: string }>("SELECT tenant FROM stamp");
    expect(rows).toEqual([{ tenant: tenants[who]?.id }]);
    expect(runtime.currentTenant().id).toBe(tenants[who]?.id);
  });
}
