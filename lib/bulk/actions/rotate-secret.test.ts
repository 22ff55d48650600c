import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "@/lib/kernel/clock";
import { clientConfig, connect, withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { rotateDataKey } from "@/lib/platform/rotation";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { createRuntime, type Runtime } from "@/lib/runtime/runtime";
import { rotateSecret, rotationSteps } from "@/lib/tenants/rotate-secret";
import { connectAsTenant } from "@/lib/tenants/secret";
import { act, testWork } from "../testing-work";
import { rotateSecretAction } from "./rotate-secret";

let control: TestControl;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const fresh = () => control.makeTenant(`shop-${made++}`);
const row = (id: string) => controlDb().tenant.findUniqueOrThrow({ where: { id } });
const rotate = async ({ id }: TestTenant) => await act(rotateSecretAction, await testWork(control, id));

/** Signs in with what the registry says at this moment, and with nothing it says later. */
async function signIn(tenant: { id: string }, record?: Awaited<ReturnType<typeof row>>): Promise<string> {
  const client = await connectAsTenant(control.access, record ?? (await row(tenant.id)));
  const { rows } = await client.query("SELECT current_user AS name");
  await client.end();
  return rows[0].name;
}

test("the role has a new password, the registry holds to it, and the old one is refused", async () => {
  const tenant = await fresh();
  const before = await row(tenant.id);
  expect(await rotate(tenant)).toMatchObject({ status: "done" });
  const after = await row(tenant.id);
  expect(after.secret).not.toBe(before.secret);
  expect(after).toMatchObject({ nextSecret: null, version: before.version + 1 });
  expect(await signIn(tenant)).toBe(tenant.role);
  const old = { ...control.access, adminUser: tenant.role, adminPassword: tenant.password };
  await expect(connect(clientConfig(old, tenant.database))).rejects.toMatchObject({ reason: "28P01" });
});

test.each([0, 1, 2, 3])(
  "cut off after %i steps, the role can be signed in to, and the next attempt ends it",
  async (n) => {
    const tenant = await fresh();
    await withAdmin(control.access, async (admin) => {
      for (const step of rotationSteps.slice(0, n)) await step({ admin, tenant, now: new Date() });
    });
    const stale = await row(tenant.id);
    expect(await signIn(tenant)).toBe(tenant.role);
    await rotate(tenant);
    expect((await row(tenant.id)).nextSecret).toBeNull();
    expect(await signIn(tenant)).toBe(tenant.role);
    // Whoever read the registry before finds the newest there.
    expect(await signIn(tenant, stale)).toBe(tenant.role);
  },
);

test("the server is sent a verifier, never a password", async () => {
  const tenant = await fresh();
  const seen: string[] = [];
  await withAdmin(control.access, async (admin) => {
    const query = admin.query.bind(admin) as (text: string, values?: unknown[]) => Promise<unknown>;
    Object.assign(admin, {
      query: (text: string, values?: unknown[]) => {
        seen.push(text, ...(values ?? []).map(String));
        return query(text, values);
      },
    });
    await rotateSecret(admin, tenant, new Date());
  });
  expect(seen.join("\n")).toMatch(
    /PASSWORD 'SCRAM-SHA-256\$4096:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}'/,
  );
  const { rows } = await control.sql("SELECT rolpassword FROM pg_authid WHERE rolname = $1", [tenant.role], "postgres");
  expect(seen.join("\n")).toContain(rows[0].rolpassword);
});

test("two rotations of one tenant at once leave it with one password that works", async () => {
  const tenant = await fresh();
  for (let round = 0; round < 5; round++) {
    await Promise.allSettled([rotate(tenant), rotate(tenant), rotate(tenant)]);
    expect(await signIn(tenant, await row(tenant.id))).toBe(tenant.role);
  }
});

test("an item that was given up changes nothing more", async () => {
  const tenant = await fresh();
  const stop = new AbortController();
  stop.abort();
  const work = await testWork(control, tenant.id, { signal: stop.signal });
  await expect(act(rotateSecretAction, work)).rejects.toMatchObject({ code: "unavailable" });
  expect((await row(tenant.id)).nextSecret).toBeNull();
});

/** Asks again and again, each time on a connection that is likely a new one, until told to stop. */
async function hammer(runtime: Runtime, slug: string, stop: AbortSignal, failures: unknown[]): Promise<number> {
  let requests = 0;
  for (; !stop.aborted; requests++) {
    try {
      const tenant = await runtime.resolve(`${slug}.localhost`);
      await runtime.runInTenant(tenant, () => runtime.query("SELECT 1"));
    } catch (error) {
      failures.push(error);
    }
    await delay(3);
  }
  return requests;
}

test("an app under load loses no request while passwords and the data key rotate", { timeout: 120_000 }, async () => {
  const tenants = await Promise.all([fresh(), fresh(), fresh()]);
  // Few connections for several tenants: nearly every request has to sign in anew.
  const runtime = createRuntime({ clock: systemClock, pools: { total: 2, perTenant: 2, waitMs: 20_000, idleMs: 1 } });
  const stop = new AbortController();
  const failures: unknown[] = [];
  const load = tenants.flatMap(({ slug }) => [1, 2].map(() => hammer(runtime, slug, stop.signal, failures)));
  // A busy machine takes longer to have signed in as often.
  for (let round = 0; round < 12 || runtime.stats().connects <= 50; round++) {
    await Promise.all(tenants.map(rotate));
    if (round === 6) await rotateDataKey({ clock: systemClock, patienceMs: 2000 });
  }
  stop.abort();
  const requests = (await Promise.all(load)).reduce((sum, count) => sum + count, 0);
  const { connects } = runtime.stats();
  await runtime.close();
  expect(failures).toEqual([]);
  expect(requests).toBeGreaterThan(100);
  expect(connects).toBeGreaterThan(50);
});
