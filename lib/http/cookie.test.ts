import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

/** The Set-Cookie field under an address of the console. */
async function cookieAt(url: string, token: string | null): Promise<string> {
  vi.stubEnv("TENANTRY_URL", url);
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
  vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
  const { setSessionCookie } = await import("./cookie");
  const headers = new Headers();
  setSessionCookie(headers, token);
  return headers.get("set-cookie") ?? "";
}

test("over https the cookie belongs to this host alone", async () => {
  expect(await cookieAt("https://tenantry.example.com", "t")).toBe(
    "__Host-next-auth.session-token=t; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure",
  );
});

test("over http, where browsers refuse the prefix, it is still closed to scripts and other sites", async () => {
  expect(await cookieAt("http://localhost:3000", "t")).toBe(
    "next-auth.session-token=t; Path=/; Max-Age=86400; HttpOnly; SameSite=Lax",
  );
});

test("a session that ended takes its cookie along", async () => {
  expect(await cookieAt("http://localhost:3000", null)).toContain("next-auth.session-token=; Path=/; Max-Age=0;");
});
