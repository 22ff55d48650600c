import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function partyAt(address: string) {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  vi.stubEnv("TENANTRY_URL", address);
  return (await import("./relying-party")).relyingParty();
}

test.each([
  ["http://localhost:3000", "localhost", "http://localhost:3000"],
  ["http://127.0.0.1:3000", "localhost", "http://localhost:3000"],
  ["http://[::1]:3000", "localhost", "http://localhost:3000"],
  ["http://console.localhost:8080/", "console.localhost", "http://console.localhost:8080"],
  ["https://tenantry.example.com", "tenantry.example.com", "https://tenantry.example.com"],
  ["https://tenantry.example.com:8443/x", "tenantry.example.com", "https://tenantry.example.com:8443"],
])("passkeys of %s belong to %s", async (address, id, origin) => {
  expect(await partyAt(address)).toEqual({ id, origin });
});

test.each(["http://tenantry.example.com", "https://10.0.0.5", "http://10.0.0.5:3000", "https://[2001:db8::1]"])(
  "at %s there are no passkeys, and it says why",
  async (address) => {
    await expect(partyAt(address)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("https"),
    });
  },
);
