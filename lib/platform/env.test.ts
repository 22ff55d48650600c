import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllEnvs());

async function envWith(name: string, value: string) {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv(name, value);
  return (await import("./env")).env();
}

test("further hosts and trusted proxies are lists", async () => {
  const { TENANTRY_HOSTS } = await envWith("TENANTRY_HOSTS", " Admin.Example.com, 10.0.0.5:8080,[::1]:3000,");
  expect(TENANTRY_HOSTS).toEqual(["admin.example.com", "10.0.0.5:8080", "[::1]:3000"]);
  const { TRUSTED_PROXIES } = await envWith("TRUSTED_PROXIES", "loopback, 10.0.0.0/8");
  expect(TRUSTED_PROXIES.map(({ text }) => text)).toEqual(["127.0.0.0/8", "::1", "10.0.0.0/8"]);
});

test("DNS servers are addresses with or without a port", async () => {
  const { DNS_SERVERS } = await envWith("DNS_SERVERS", "10.0.0.53, 10.0.0.54:5353,fd00::53, [fd00::53]:5353");
  expect(DNS_SERVERS).toEqual(["10.0.0.53", "10.0.0.54:5353", "fd00::53", "[fd00::53]:5353"]);
});

test("the domain of the apps is kept as browsers write it", async () => {
  for (const [given, kept] of [
    ["localhost", "localhost"],
    ["Bücher.example.", "xn--bcher-kva.example"],
  ] as const)
    expect((await envWith("TENANTRY_APP_DOMAIN", given)).TENANTRY_APP_DOMAIN).toBe(kept);
});

test.each([
  ["TENANTRY_APP_DOMAIN", ".example.com", "a domain such as apps.example.com"],
  ["TENANTRY_APP_DOMAIN", "example.com:8080", "without a port"],
  ["TRUSTED_PROXIES", "10.0.0.5/8", "Did you mean 10.0.0.0/8?"],
  ["TRUSTED_PROXIES", "nginx", '"nginx" is not an IP address or range'],
  ["TENANTRY_HOSTS", "https://admin.example.com", "a list of host names"],
  ["TENANTRY_URL", "console.example.com", "must look like https://"],
  ["DNS_SERVERS", "dns.example.com", "a list of addresses"],
  ["DNS_SERVERS", "10.0.0.53:99999", "a list of addresses"],
])("%s=%s stops the start with its reason", async (name, value, reason) => {
  await expect(envWith(name, value)).rejects.toThrow(reason);
});

describe("an app", () => {
  async function inApp(given: Record<string, string | undefined>) {
    vi.resetModules();
    for (const name of ["DATABASE_URL", "TENANTRY_DATABASE_URL", "TENANTRY_SECRET_KEY"]) vi.stubEnv(name, given[name]);
    const { env, readAsApp } = await import("./env");
    readAsApp();
    return env;
  }

  test("is told by their own names what is missing, and not to make a key", async () => {
    const words = [
      "The environment is not usable:",
      "  TENANTRY_DATABASE_URL is missing: the address of Tenantry's control database",
      "  TENANTRY_SECRET_KEY is missing: the key of Tenantry's console; another key can't open what it sealed",
    ].join("\n");
    expect(await inApp({})).toThrow(new Error(words));
    expect(await inApp({ DATABASE_URL: "mysql://localhost/app" })).toThrow(new Error(words));
  });

  test("is told what is malformed", async () => {
    const env = await inApp({ TENANTRY_DATABASE_URL: "db.example.com", TENANTRY_SECRET_KEY: "abc" });
    expect(env).toThrow("  TENANTRY_DATABASE_URL must look like postgresql://");
    expect(env).toThrow("  TENANTRY_SECRET_KEY must be 32 bytes in base64: the key of Tenantry's console");
  });
});
