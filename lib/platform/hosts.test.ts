import { expect, test, vi } from "vitest";
import { hostsOf, isOwnHost, isOwnOrigin } from "./hosts";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));

test.each([
  ["https://console.example.com", ["admin.example.com"], ["console.example.com", "admin.example.com"]],
  [
    "https://console.example.com:8443/",
    ["a.test", "b.test:443"],
    ["console.example.com:8443", "a.test:8443", "b.test"],
  ],
  ["http://localhost:3000", ["10.0.0.5"], ["localhost:3000", "127.0.0.1:3000", "[::1]:3000", "10.0.0.5:3000"]],
  ["http://127.0.0.1", [], ["127.0.0.1", "localhost", "[::1]"]],
])("%s with %j is served under %j", (url, more, hosts) => {
  expect([...hostsOf(url, more)].sort()).toEqual([...hosts].sort());
});

test("an origin is ours by protocol, name and port, whatever the request's host says", () => {
  for (const ours of ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"]) {
    expect(isOwnOrigin(ours)).toBe(true);
  }
  for (const foreign of ["https://localhost:3000", "http://localhost:3001", "http://acme.localhost:3000", "null", ""]) {
    expect(isOwnOrigin(foreign)).toBe(false);
  }
  expect(isOwnHost("LOCALHOST:3000")).toBe(true);
  expect(isOwnHost("localhost")).toBe(false);
});
