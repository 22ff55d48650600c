import type pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/platform/log";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { registryPool } from "./registry";
import { createRuntime } from "./runtime";
import { type SignIn, SignInLog } from "./sign-ins";

let control: TestControl;
let registry: pg.Pool;
let shop: TestTenant;
let other: TestTenant;
let now = new Date("2026-11-21T12:00:00.000Z");
const clock = () => now;

beforeAll(async () => {
  control = await testControl();
  registry = registryPool();
  shop = await control.makeTenant("shop");
  other = await control.makeTenant("other");
});
beforeEach(() => control.sql("TRUNCATE tenant_activities"));
afterAll(async () => {
  await registry.end();
  await control.close();
});

type Row = Record<"tenant" | "type" | "description" | "actor" | "ip" | "agent" | "times" | "user", string | null> & {
  at: Date;
};

async function stored(): Promise<Row[]> {
  const { rows } = await control.sql(
    `SELECT tenant_id AS tenant, activity_type AS type, description, actor, host(ip_address) AS ip, user_agent AS agent,
            metadata->>'times' AS times, metadata->>'user' AS user, created_at AS at FROM tenant_activities ORDER BY id`,
  );
  return rows;
}

test("a sign-in comes to the timeline of the tenant whose code told it", async () => {
  const runtime = createRuntime({ clock });
  const tenant = await runtime.resolve("shop.localhost");
  runtime.runInTenant(tenant, () => {
    runtime.recordSignIn({ user: "ada@example.com", succeeded: true, ipAddress: "2001:db8::7", userAgent: "Firefox" });
    runtime.recordSignIn({ user: "ada@example.com", succeeded: false });
  });
  await runtime.close();
  const shared = { tenant: shop.id, actor: "ada@example.com", at: now, times: null };
  expect(await stored()).toMatchObject([
    { ...shared, type: "signed_in", description: "ada@example.com signed in", ip: "2001:db8::7", agent: "Firefox" },
    { ...shared, type: "sign_in_failed", description: "ada@example.com could not sign in", ip: null, agent: null },
  ]);
});

test("one user is one, another is another, the same of another tenant too, and none can be read from it", async () => {
  const signIns = new SignInLog(registry, "app", clock);
  signIns.record(shop.id, { user: { id: "17", name: "Ada" }, succeeded: true });
  signIns.record(shop.id, { user: { id: "17" }, succeeded: true });
  signIns.record(shop.id, { user: { id: "18", name: "Ada" }, succeeded: true });
  signIns.record(other.id, { user: { id: "17", name: "Ada" }, succeeded: true });
  await signIns.close();
  const rows = await stored();
  const [one, again, another, elsewhere] = rows.map(({ user }) => user);
  expect(again).toBe(one);
  expect(new Set([one, another, elsewhere]).size).toBe(3);
  expect(JSON.stringify(rows)).not.toContain('"17"');
  expect(rows.map(({ actor }) => actor)).toEqual(["Ada", "a user", "Ada", "Ada"]);
});

test("what an app gives never keeps the others from being written", async () => {
  const complaints = vi.spyOn(log(), "warn");
  const signIns = new SignInLog(registry, "app", clock);
  signIns.record(shop.id, {
    user: `\0\u202eeve\n${"x".repeat(999)}\ud800`,
    succeeded: true,
    ipAddress: "fe80::1%eth0",
  });
  signIns.record(shop.id, undefined as unknown as SignIn);
  signIns.record(undefined, { user: "nowhere", succeeded: true });
  signIns.record("00000000-0000-7000-8000-00000000dead", { user: "of a tenant that is gone", succeeded: true });
  signIns.record(shop.id, { user: "", succeeded: true, ipAddress: "not one", userAgent: "a\u0007b" });
  await signIns.close();
  const rows = await stored();
  expect(rows).toHaveLength(2);
  expect(rows[0]?.actor).toMatch(/^eve x{196}$/);
  expect(rows[1]).toMatchObject({ actor: "a user", ip: null, agent: "a b" });
  expect(complaints).toHaveBeenCalledTimes(1);
  complaints.mockRestore();
});

test("a name has nothing in it that is not seen or turns its surroundings, and one of that alone is no name", async () => {
  const signIns = new SignInLog(registry, "app", clock);
  const unseen = "\u200b\u200f\u061c\u00ad\u2060\ufeff\u202e\u2066\u3164\u034f\ufe0f\u{e0041}";
  signIns.record(shop.id, { user: `a${unseen}d\u2028a`, succeeded: true, userAgent: `x${unseen}y` });
  signIns.record(shop.id, { user: { id: "1", name: unseen }, succeeded: true });
  await signIns.close();
  expect((await stored()).map(({ actor, agent }) => [actor, agent])).toEqual([
    ["ad a", "xy"],
    ["a user", null],
  ]);
});

test("of a flood sixty a minute are told one by one, and the others as a number once that minute is over", async () => {
  const signIns = new SignInLog(registry, "Shop", clock);
  for (let tries = 0; tries < 1260; tries++) signIns.record(shop.id, { user: `guess ${tries}`, succeeded: false });
  signIns.record(shop.id, { user: "ada", succeeded: true });
  signIns.record(other.id, { user: "bea", succeeded: false });
  await signIns.flush();
  expect(await stored()).toHaveLength(62);
  now = new Date(now.getTime() + 60_000);
  await signIns.flush();
  const last = (await stored()).at(-1);
  expect(last).toMatchObject({
    description: "… 1,200 further failed sign-ins within a minute",
    times: "1200",
    type: "sign_in_failed",
    actor: "Shop",
  });
  signIns.record(shop.id, { user: "again", succeeded: false });
  await signIns.close();
  expect(await stored()).toHaveLength(64);
});

test("what can't be written is kept, bounded, and written later once", async () => {
  const signIns = new SignInLog(registry, "app", clock);
  const refused = vi.spyOn(registry, "connect").mockImplementation(async () => {
    throw new Error("away");
  });
  for (let number = 0; number < 200; number++)
    for (let tries = 0; tries < 30; tries++) signIns.record(`${number}`.padStart(8, "0") + shop.id.slice(8), signed);
  signIns.record(shop.id, signed);
  await expect(signIns.flush()).rejects.toThrow("away");
  refused.mockRestore();
  signIns.record(other.id, signed);
  await signIns.close();
  const rows = await stored();
  // Only 5000 waited; those of tenants that exist are told, and what was too much as numbers.
  expect(rows.map(({ tenant, times }) => [tenant, times])).toEqual([
    [shop.id, "1"],
    [other.id, "1"],
  ]);
});

const signed: SignIn = { user: "ada", succeeded: true };
