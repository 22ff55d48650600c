import { beforeAll, expect, test, vi } from "vitest";
import { createAdmitter } from "./admission";
import { admit, TenantRefusal } from "./refusal";
import { createResolver } from "./resolve";
import type { RuntimeTenant } from "./tenant";
import { aTenant } from "./testing-tenant";

const acme = aTenant();

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("LOG_LEVEL", "silent");
});

/** A resolver over a registry in memory that counts its lookups, with a clock that is moved by hand. */
function setUp(tenants: RuntimeTenant[] = [acme]) {
  const state = { now: 0, lookups: 0, down: false, tenants, gate: Promise.resolve() };
  const clock = () => new Date(state.now);
  const made = createResolver({
    clock,
    recheckMs: 15_000,
    find: async (query) => {
      state.lookups++;
      const { tenants: seen, down } = state;
      await state.gate;
      if (down) throw new Error("the registry is down");
      if ("hostname" in query) return null;
      return seen.find((tenant) => ("slug" in query ? tenant.slug === query.slug : tenant.id === query.id)) ?? null;
    },
  });
  const { resolve } = createAdmitter({}, { resolver: made, support: { session: async () => null }, clock });
  return { state, resolver: { ...made, resolve } };
}

test("a thousand requests for one host at once ask the registry once", async () => {
  const { state, resolver } = setUp();
  const found = await Promise.all(Array.from({ length: 1000 }, () => resolver.resolve("acme.localhost")));
  expect(new Set(found)).toEqual(new Set([acme]));
  expect(state.lookups).toBe(1);
});

test("an unknown host is a 404, remembered for five seconds", async () => {
  const { state, resolver } = setUp();
  const ask = () => resolver.resolve("nobody.localhost").catch((error: TenantRefusal) => error.status);
  expect(await Promise.all([ask(), ask()])).toEqual([404, 404]);
  expect(await ask()).toBe(404);
  expect(state.lookups).toBe(1);
  state.now = 5000;
  await ask();
  expect(state.lookups).toBe(2);
});

test("a host that can be nobody's never reaches the registry", async () => {
  const { state, resolver } = setUp();
  await expect(resolver.resolve("127.0.0.1")).rejects.toThrow(TenantRefusal);
  expect(state.lookups).toBe(0);
});

test("a tenant is looked up again after the re-check time, even if no change was announced", async () => {
  const { state, resolver } = setUp();
  await resolver.resolve("acme.localhost");
  state.tenants = [{ ...acme, status: "suspended" }];
  state.now = 14_999;
  await resolver.resolve("acme.localhost");
  state.now = 15_000;
  await expect(resolver.resolve("acme.localhost")).rejects.toMatchObject({ refusal: "suspended", status: 403 });
});

test("a change is seen at once, also by a host that was unknown", async () => {
  const { state, resolver } = setUp([]);
  await expect(resolver.resolve("acme.localhost")).rejects.toThrow();
  state.tenants = [acme];
  resolver.changed(acme.id);
  expect(await resolver.resolve("acme.localhost")).toBe(acme);
});

test("a lookup that began before a change is not remembered after it", async () => {
  const { state, resolver } = setUp();
  let open = () => {};
  state.gate = new Promise((resolve) => {
    open = resolve;
  });
  const early = resolver.resolve("acme.localhost");
  state.tenants = [{ ...acme, status: "blocked" }];
  resolver.changed(acme.id);
  open();
  await early;
  await expect(resolver.resolve("acme.localhost")).rejects.toMatchObject({ refusal: "blocked" });
});

test("when the registry is down, known tenants are served and unknown ones are an error", async () => {
  const { state, resolver } = setUp();
  await resolver.resolve("acme.localhost");
  state.down = true;
  resolver.missed();
  expect(await resolver.resolve("acme.localhost")).toBe(acme);
  await expect(resolver.resolve("other.localhost")).rejects.toThrow("the registry is down");
  state.now = 700_000;
  await expect(resolver.resolve("acme.localhost")).rejects.toThrow("the registry is down");
});

test("strangers' hosts do not push known tenants out of memory", async () => {
  const { state, resolver } = setUp();
  await resolver.resolve("acme.localhost");
  for (let n = 0; n < 10_100; n++) await resolver.resolve(`x${n}.localhost`).catch(() => undefined);
  const before = state.lookups;
  await resolver.resolve("acme.localhost");
  expect(state.lookups).toBe(before);
});

test.each([
  ["provisioning", 503, 5],
  ["inactive", 503, 300],
  ["failed", 503, 60],
  ["suspended", 403, undefined],
  ["blocked", 403, undefined],
  ["deleted", 404, undefined],
  ["deleting", 404, undefined],
] as const)("a tenant that is %s is answered with %i", (status, http, retryAfter) => {
  expect.assertions(1);
  try {
    admit({ ...acme, status });
  } catch (error) {
    expect(error).toMatchObject({ refusal: status, status: http, retryAfter, tenantId: acme.id });
  }
});
