import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("TENANTRY_APP", "on");
  vi.stubEnv("TENANTRY_APP_PORT", "4321");
});

afterEach(() => vi.unstubAllEnvs());

const own = { hostname: "shop.example.com", primary: true, verifiedAt: new Date() };

test("where the sample runs, a tenant's app is there, whatever domains it has", async () => {
  const { appUrlOf, sampleUrl } = await import("./app-url");
  expect(appUrlOf({ slug: "acme", domains: [own] })).toBe("http://acme.localhost:4321/");
  expect(sampleUrl("shop.example.com")).toBeNull();
});

test.each([
  ["https://{host}:8443", "https://shop.example.com:8443/", "https://acme.localhost:8443/"],
  ["http://localhost:4910/t/{slug}/", "http://localhost:4910/t/acme/", "http://localhost:4910/t/acme/"],
])("TENANTRY_APP_URL=%s says where apps are, also where the sample runs", async (template, verified, none) => {
  vi.stubEnv("TENANTRY_APP_URL", template);
  const { appUrlOf } = await import("./app-url");
  expect(appUrlOf({ slug: "acme", domains: [own] })).toBe(verified);
  expect(appUrlOf({ slug: "acme", domains: [{ ...own, verifiedAt: null }] })).toBe(none);
});
