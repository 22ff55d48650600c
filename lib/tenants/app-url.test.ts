import { beforeAll, expect, test, vi } from "vitest";
import { appUrlOf, sampleUrl } from "./app-url";

beforeAll(() => {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("TENANTRY_APP", "on");
  vi.stubEnv("TENANTRY_APP_PORT", "4321");
});

const own = { hostname: "shop.example.com", primary: true, verifiedAt: new Date() };

test("where the sample runs, a tenant's app is there, whatever domains it has", () => {
  expect(appUrlOf({ slug: "acme", domains: [own] })).toBe("http://acme.localhost:4321/");
  expect(sampleUrl("shop.example.com")).toBeNull();
});
