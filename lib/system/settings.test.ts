import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { showSystem } from "./show-system";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  await control.close();
});

test("versions, settings with their source, retention, limits and counts are told", async () => {
  await control.makeTenant("counted");
  const shown = await perform(showSystem, as("operator"), {});
  expect(shown.control.version).toMatch(/^1\d\./);
  expect(shown.node).toBe(process.version);
  expect(shown.counts).toMatchObject({ tenants: 1, servers: 1 });
  expect(shown.servers).toHaveLength(1);
  const setting = (name: string) => shown.settings.find((one) => one.name === name);
  expect(setting("SESSION_HOURS")).toEqual({ name: "SESSION_HOURS", value: "24", secret: false, source: "default" });
  expect(setting("TENANTRY_SECRET_KEY")).toEqual({
    ...{ name: "TENANTRY_SECRET_KEY", value: null, secret: true, source: "environment" },
  });
  expect(shown.retention).toContainEqual({ what: "deleted tenants with their data", days: 14 });
  expect(shown.limits.length).toBeGreaterThan(5);
  await expect(perform(showSystem, as("analyst"), {})).rejects.toMatchObject({ code: "forbidden" });
});

test("no secret of any setting is in it, wherever an address may carry one", async () => {
  const key = Buffer.alloc(32, "planted-in-the-key").toString("base64");
  const planted = {
    TENANTRY_SECRET_KEY: key,
    TENANTRY_OLD_SECRET_KEYS: Buffer.alloc(32, "planted-in-an-old-key").toString("base64"),
    REDIS_URL: "redis://planted-user:planted-password@cache.example.com:6379/1?token=planted-token",
    TENANTRY_URL: "https://planted-user:planted-password@console.example.com/?key=planted-key#planted",
    TENANTRY_APP_URL: "https://planted-user:planted-password@{host}/app",
    TENANTRY_HOSTS: "admin.example.com",
    TRUSTED_PROXIES: "10.0.0.0/8, loopback",
  };
  vi.resetModules();
  for (const [name, value] of Object.entries(planted)) vi.stubEnv(name, value);
  const { settingsInForce } = await import("./settings-in-force");
  const settings = settingsInForce();
  vi.unstubAllEnvs();
  const text = JSON.stringify(settings);
  const password = decodeURIComponent(new URL(control.url).password);
  for (const secret of ["planted", key, password, Object.values(planted)[1] ?? ""]) expect(text).not.toContain(secret);
  const value = (name: string) => settings.find((one) => one.name === name)?.value;
  expect(value("REDIS_URL")).toBe("redis://cache.example.com:6379/1");
  expect(value("TENANTRY_URL")).toBe("https://console.example.com/");
  expect(value("TENANTRY_APP_URL")).toBe("https://{host}/app/");
  expect(value("TRUSTED_PROXIES")).toMatch(/^10\.0\.0\.0\/8, 127\.0\.0\.0\/8/);
  expect(value("DATABASE_URL")).toContain(new URL(control.url).host);
  expect(await controlDb().tenant.count()).toBe(1);
});
