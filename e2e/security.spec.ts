import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from "node:http";
import { hash } from "@node-rs/argon2";
import type { Page } from "@playwright/test";
import { createTenant, expect, test } from "./fixtures";

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Ask = { method?: string; path: string; headers?: OutgoingHttpHeaders; body?: string | string[] };

const home = () => process.env.E2E_URL ?? "";

/** Sends a request as no browser would. */
function ask({ method = "GET", path, headers = {}, body = [] }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(home());
    const request = httpRequest({ hostname, port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    request.on("error", reject);
    for (const part of [body].flat()) request.write(part);
    request.end();
  });
}

/** Everything that the page complains of from now on: its policy's violations, errors in the console and uncaught ones. */
async function complaints(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.exposeFunction("tellViolation", (text: string) => found.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const tell: unknown = Reflect.get(window, "tellViolation");
      if (typeof tell === "function") tell(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
  page.on("console", (message) => message.type() === "error" && found.push(message.text()));
  page.on("pageerror", (error) => found.push(error.message));
  return found;
}

/** A browser reports each answer of 400 and more as an error in its console, also where a page expects it. */
const isOwnFault = (text: string) => !/^Failed to load resource: the server responded with a status of 4/.test(text);

for (const scheme of ["light", "dark"] as const) {
  test(`no page breaks its own policy: ${scheme}`, async ({ page, login }) => {
    const found = await complaints(page);
    await page.emulateMedia({ colorScheme: scheme });
    const visit = async (path: string) => {
      const answer = await page.goto(path);
      expect(answer?.headers()["content-security-policy"], path).toMatch(
        /script-src 'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic';/,
      );
      await expect(page.getByRole("heading").first()).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", scheme);
    };
    for (const path of ["/sign-in", "/set-up/no-such-link", "/set-up/nothing/here"]) await visit(path);
    await login("owner");
    await createTenant(page, `Guarded ${scheme}`);
    const tenant = new URL(page.url()).pathname;
    for (const path of ["/", "/tenants", tenant, "/servers", "/no/such/page", "/tenants/none"]) {
      await visit(path);
    }
    await page.goto("/");
    await page.getByRole("link", { name: "Tenants" }).first().click();
    await expect(page.getByRole("heading", { level: 1, name: "Tenants" })).toBeVisible();
    await page
      .getByRole("link", { name: `Guarded ${scheme}` })
      .first()
      .click();
    await expect(page.getByRole("heading", { level: 1, name: `Guarded ${scheme}` })).toBeVisible();
    expect(found.filter(isOwnFault)).toEqual([]);
  });
}

test("a script that somebody brings into a page does not run", async ({ page }) => {
  const found = await complaints(page);
  await page.route("**/sign-in", async (route) => {
    const answer = await route.fetch();
    const brought = `<script>document.title = "taken over"</script><img src="data:x" onerror="document.title = 'taken over'" alt="">`;
    await route.fulfill({ response: answer, body: (await answer.text()).replace("</body>", `${brought}</body>`) });
  });
  await page.goto("/sign-in");
  await expect.poll(() => found.filter((text) => text.startsWith("script-src")).length).toBeGreaterThan(1);
  expect(await page.title()).not.toBe("taken over");
});

test("each page has a nonce of its own, also when the request brings one", async ({}) => {
  const nonces = [];
  for (const headers of [{}, {}, { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" }]) {
    const { body, headers: answered } = await ask({ path: "/sign-in", headers });
    const nonce = String(answered["content-security-policy"]).match(/'nonce-([^']+)'/)?.[1] ?? "";
    expect(body).toContain(`nonce="${nonce}"`);
    expect(body).not.toContain('nonce="mine"');
    nonces.push(nonce);
  }
  expect(new Set(nonces).size).toBe(3);
});

test("pages, the API, static files and refusals carry the security headers", async ({}) => {
  const page = await ask({ path: "/sign-in" });
  const script = page.body.match(/src="(\/_next\/static\/[^"]+\.js)"/)?.[1] ?? "";
  const bare = "default-src 'none'; frame-ancestors 'none'";
  for (const path of [
    "/sign-in",
    "/tenants",
    "/api/tenancy/session",
    "/api/auth/csrf",
    "/icon.svg",
    script,
    "/%ED%A0%80",
  ]) {
    const { headers } = await ask({ path });
    expect(headers, path).toMatchObject({ "x-content-type-options": "nosniff", "x-frame-options": "DENY" });
    expect(headers, path).toMatchObject({
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
    });
    expect(headers["strict-transport-security"], "plain http promises no https").toBeUndefined();
    expect(headers["x-powered-by"]).toBeUndefined();
    if (path !== "/sign-in") expect(headers["content-security-policy"], path).toBe(bare);
  }
});

test("another host name is refused with where to go, and health answers under any", async ({}) => {
  const refused = await ask({ path: "/sign-in", headers: { host: "evil.example" } });
  expect(refused.status).toBe(421);
  expect(JSON.parse(refused.body)).toMatchObject({ detail: expect.stringContaining(home()) });
  const navigation = { host: "evil.example", "sec-fetch-mode": "navigate" };
  expect((await ask({ path: "/", headers: navigation })).headers["content-type"]).toContain("text/html");
  const health = { path: "/api/tenancy/health/live", headers: { host: "10.0.0.9" } };
  expect((await ask(health)).status).toBe(200);
  const forwarded = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.example",
  };
  const redirect = await ask({ path: "/tenants", headers: forwarded });
  expect(redirect.headers.location).toBe("/sign-in?next=%2Ftenants");
  const csrf = await ask({ path: "/api/auth/providers", headers: forwarded });
  expect(csrf.body).not.toContain("evil.example");
});

test("addresses that can't be read are answered with 400, not 500", async ({}) => {
  for (const path of ["/%ED%A0%80", "/set-up/%00", "//evil.example", "http://evil.example/", "/%0d%0aSet-Cookie:x=1"]) {
    const { status, headers } = await ask({ path });
    expect(status, path).toBe(400);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(headers["set-cookie"]).toBeUndefined();
  }
});

test("a body over 1 MB is refused, with and without its length", async ({ login, context }) => {
  await login("owner");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const post = { method: "POST", path: "/api/tenancy/tenants" };
  const headers = { cookie, "content-type": "application/json" };
  const body = Array.from({ length: 12 }, () => "x".repeat(100_000));
  for (const [how, more] of [
    ["with its length", { "content-length": 1_200_000 }],
    ["in chunks", { "transfer-encoding": "chunked" }],
  ] as const) {
    const answer = await ask({ ...post, headers: { ...headers, ...more }, body });
    expect(answer.status, how).toBe(413);
    expect(JSON.parse(answer.body), how).toMatchObject({ code: "too_large", detail: expect.stringContaining("1 MB") });
  }
  const elsewhere = { ...post, path: "/api/auth/callback/credentials", headers: { "transfer-encoding": "chunked" } };
  expect((await ask({ ...elsewhere, body })).status).toBe(411);
});

test("a page of another origin can't act for its visitor", async ({ login, context }) => {
  await login("owner");
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  const port = new URL(home()).port;
  const post = (headers: OutgoingHttpHeaders) =>
    ask({
      method: "POST",
      path: "/api/tenancy/tenants",
      headers: { cookie, "content-type": "application/json", ...headers },
      body: "{}",
    });
  for (const origin of ["https://evil.example", "null", `http://acme.localhost:${port}`, `https://localhost:${port}`]) {
    expect((await post({ origin })).status, origin).toBe(403);
  }
  expect((await post({ "sec-fetch-site": "same-site" })).status).toBe(403);
  const spoofed = { origin: "http://evil.example", host: "evil.example" };
  expect((await post(spoofed)).status).toBe(421);
  expect((await post({ origin: home() })).status).toBe(422);
});

test("nobody chooses the address that is kept of them", async ({ page, login, context, sql }) => {
  await login("viewer");
  await context.clearCookies();
  const { rows } = await sql("SELECT id, email FROM users ORDER BY id DESC LIMIT 1");
  const password = "seven ordinary green chairs";
  await sql("UPDATE users SET password_hash = $2, totp_confirmed_at = NULL WHERE id = $1", [
    rows[0].id,
    await hash(password),
  ]);
  await sql("DELETE FROM sessions WHERE user_id = $1", [rows[0].id]);
  await page.setExtraHTTPHeaders({
    "x-forwarded-for": "6.6.6.6, 7.7.7.7",
    "x-real-ip": "6.6.6.6",
    "x-tenantry-remote": "guess 6.6.6.6",
  });
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(rows[0].email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: /sign in|continue/i }).click();
  await expect(page).toHaveURL(/\/enrol/);
  const { rows: sessions } = await sql("SELECT host(ip_address) AS address FROM sessions WHERE user_id = $1", [
    rows[0].id,
  ]);
  expect(sessions).toEqual([{ address: "127.0.0.1" }]);
});
