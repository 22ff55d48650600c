import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { log } from "@/lib/platform/log";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { byHeader, byPathPrefix, bySubdomain } from "./resolvers";
import { createRuntime, type Runtime } from "./runtime";
import { type TestSite, testSite } from "./testing-http";

let control: TestControl;
let tenant: TestTenant;
let runtime: Runtime;
let site: TestSite;
const heard: { error: unknown; url: string | undefined; slug: string | undefined }[] = [];
const html = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("amber");
  runtime = createRuntime({
    resolvers: [byPathPrefix("/t"), bySubdomain(), byHeader("x-tenant")],
    pools: { total: 2, waitMs: 200 },
  });
  const listener = runtime.handler(
    async (_request, response, { path, search, prefix, by, maintenance, support }) => {
      const { rows } = await runtime.query<{ who: string }>("SELECT current_user AS who");
      if (path === "/broken") throw new Error("password=hunter2");
      if (path === "/invalid") throw new AppError("invalid", "A quantity is at least 1.");
      if (path === "/away")
        throw new AppError("unavailable", "The server 10.0.0.9:5432 can't be reached.", { reason: "ECONNREFUSED" });
      if (path === "/sleep") await runtime.query("SELECT pg_sleep(10)");
      if (path === "/halfway") {
        response.writeHead(200, { "content-length": 100 }).write("half");
        throw new Error("broken on the way");
      }
      response.end(
        JSON.stringify({ who: rows[0]?.who, path, search, prefix, by, maintenance, support: support?.user.name }),
      );
    },
    { onError: (error, about) => void heard.push({ error, url: about.request.url, slug: about.tenant?.slug }) },
  );
  site = await testSite(listener);
});
afterAll(async () => {
  await site.close();
  await runtime.close();
  await control.close();
});

async function changed(): Promise<void> {
  await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [tenant.id]);
}

async function setStatus(status: string): Promise<void> {
  await control.sql("UPDATE tenants SET status = $2::tenant_status WHERE id = $1", [tenant.id, status]);
  await changed();
}

/** Waits until so many of the app's statements sleep in PostgreSQL. */
async function sleeping(count: number): Promise<void> {
  const question =
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(10)' AND state = 'active' AND datname = $1";
  await eventually(async () => expect((await control.sql(question, [tenant.database])).rows).toHaveLength(count));
}

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 5000, interval: 10 });

test("the app's work runs in the tenant's context, whichever way names the tenant", async () => {
  const told = { who: tenant.role, path: "/a/b", search: "?c=d", maintenance: false };
  expect(JSON.parse((await site.ask("/a/b?c=d")).body)).toEqual({ ...told, prefix: "", by: "subdomain" });
  const byPath = await site.ask("/t/amber/a/b?c=d", { host: "localhost" });
  expect(JSON.parse(byPath.body)).toEqual({ ...told, prefix: "/t/amber", by: "path" });
  const headers = { "x-tenant": "amber" };
  expect(JSON.parse((await site.ask("/a/b?c=d", { host: "localhost", headers })).body)).toMatchObject({ by: "header" });
});

test("caches learn which header decides", async () => {
  expect((await site.ask("/")).headers.vary).toBe("x-tenant");
});

test("where nobody lives: a page for browsers, problem details for programs, and no cache keeps either", async () => {
  const page = await site.ask("/", { host: "nobody.localhost", headers: html });
  expect(page).toMatchObject({
    status: 404,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", vary: "Accept" },
    body: expect.stringContaining("<h1>Nobody lives here</h1>"),
  });
  const problem = await site.ask("/", { host: "nobody.localhost" });
  expect(problem).toMatchObject({ status: 404, headers: { "content-type": "application/problem+json" } });
  expect(JSON.parse(problem.body)).toMatchObject({ status: 404, title: "Nobody lives here", reason: "unknown" });
});

describe("what goes wrong in the app", () => {
  test("is a 500 that tells nothing of the inside", async () => {
    for (const headers of [html, {}]) {
      const { status, body } = await site.ask("/broken", { headers });
      expect(status).toBe(500);
      expect(body).toContain("Try again in a moment.");
      expect(body).not.toContain("hunter2");
    }
  });

  test("is logged with its stack, its address without the query and whose it was, and told to the app", async () => {
    const failed = vi.spyOn(log(), "error");
    await site.ask("/broken?token=hunter3", { method: "PUT" });
    const err = expect.objectContaining({ stack: expect.stringContaining("handler.test") });
    const line = { err, tenant: "amber", method: "PUT", path: "/broken" };
    expect(failed.mock.calls).toEqual([[line, "a tenant's request failed"]]);
    expect(heard.at(-1)).toMatchObject({ error: { message: "password=hunter2" }, slug: "amber" });
    const before = heard.length;
    await site.ask("/invalid");
    await site.ask("/", { host: "nobody.localhost" });
    expect(heard).toHaveLength(before);
    failed.mockRestore();
  });

  test("tells a visitor nothing of servers, and the app everything", async () => {
    const { body } = await site.ask("/away");
    expect(JSON.parse(body)).toMatchObject({ status: 503, reason: "unreachable" });
    expect(body).not.toContain("10.0.0.9");
    expect(heard.at(-1)?.error).toMatchObject({ message: expect.stringContaining("10.0.0.9") });
  });

  test("is told in its own words when these are for people", async () => {
    const { status, body } = await site.ask("/invalid");
    expect([status, JSON.parse(body).detail]).toEqual([422, "A quantity is at least 1."]);
  });

  test("breaks an answer off that was already begun", async () => {
    await expect(site.ask("/halfway")).rejects.toThrow();
  });

  test("is a 503 with the time to wait when no connection becomes free", async () => {
    const [one, two] = [site.ask("/sleep"), site.ask("/sleep")].map((asked) => asked.catch(() => undefined));
    await sleeping(2);
    const busy = await site.ask("/");
    expect(busy).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    const words = "This service is busy. Try again in a moment.";
    expect(JSON.parse(busy.body)).toMatchObject({ detail: words, reason: "busy" });
    expect(heard.at(-1)?.error).toMatchObject({ message: "No database connection became free within 200 ms." });
    await control.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [tenant.database]);
    await Promise.all([one, two]);
  });
});

test("a tenant that is suspended while its request runs is the answer, and not an error", async () => {
  await eventually(async () => expect((await site.ask("/")).status).toBe(200));
  const running = site.ask("/sleep", { headers: html });
  await sleeping(1);
  await setStatus("suspended");
  await control.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [tenant.database]);
  expect(await running).toMatchObject({ status: 403, body: expect.stringContaining("This account is suspended") });
  await setStatus("active");
  await eventually(async () => expect((await site.ask("/")).status).toBe(200));
});

test("maintenance is for visitors, is passed with the token, and ends when it ends", async () => {
  const token = randomToken();
  await control.sql(
    `INSERT INTO tenant_maintenance (tenant_id, message, allow, bypass_hash, retry_after, started_at, started_by)
     VALUES ($1, 'New <shelves>.', '{}', $2, 120, now(), 'test')`,
    [tenant.id, sha256(token)],
  );
  await changed();
  await eventually(async () => {
    const closed = await site.ask("/x", { headers: html });
    expect(closed).toMatchObject({ status: 503, headers: { "retry-after": "120" } });
    expect(closed.body).toContain("New &#60;shelves&#62;.");
  });
  const opened = await site.ask(`/x?tenantry_bypass=${token}&y=1`);
  expect(opened).toMatchObject({ status: 302, headers: { location: "/x?y=1", "referrer-policy": "no-referrer" } });
  const [cookie = ""] = opened.headers["set-cookie"] ?? [];
  expect(cookie).toBe(`tenantry_bypass=${token}; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax`);
  const inside = await site.ask("/x?y=1", { headers: { cookie: cookie.split(";", 1)[0] ?? "" } });
  expect(inside).toMatchObject({ status: 200, headers: { "cache-control": "private, no-store" } });
  expect(JSON.parse(inside.body)).toMatchObject({ maintenance: true });
  expect((await site.ask(`/x?tenantry_bypass=${token}`, { method: "POST" })).status).toBe(307);
  await control.sql("UPDATE tenant_maintenance SET allow = '{127.0.0.0/8}'");
  await changed();
  await eventually(async () => expect((await site.ask("/")).status).toBe(200));
  await control.sql("DELETE FROM tenant_maintenance");
  await changed();
  await eventually(async () => expect(JSON.parse((await site.ask("/")).body).maintenance).toBe(false));
});

test("a support link lets its operator in once, and the app is told who it is", async () => {
  const [user, access, token] = [newId(new Date()), newId(new Date()), randomToken()];
  await control.sql(
    "INSERT INTO users (id, email, name, password_hash, role, created_at) VALUES ($1, 'olga@x.example', 'Olga', '', 'owner', now())",
    [user],
  );
  await control.sql(
    `INSERT INTO support_access (id, tenant_id, user_id, user_email, user_name, reason, token_hash, created_at, expires_at, session_ends)
     VALUES ($1, $2, $3, 'olga@x.example', 'Olga', 'ticket 7', $4, now(), now() + interval '1 minute', now() + interval '1 hour')`,
    [access, tenant.id, user, sha256(token)],
  );
  const entered = await site.ask(`/.tenantry/support?token=${token}`);
  expect(entered).toMatchObject({ status: 303, headers: { location: "/", "cache-control": "no-store" } });
  const [cookie = ""] = entered.headers["set-cookie"] ?? [];
  const headers = { cookie: cookie.split(";", 1)[0] ?? "" };
  expect(JSON.parse((await site.ask("/", { headers })).body)).toMatchObject({ support: "Olga" });
  const again = await site.ask(`/.tenantry/support?token=${token}`);
  expect([again.status, JSON.parse(again.body).detail]).toEqual([403, expect.stringContaining("used already")]);
  const leave = async (from: string) =>
    (await site.ask("/.tenantry/support/leave", { method: "POST", headers: { ...headers, "sec-fetch-site": from } }))
      .status;
  expect(await leave("same-site")).toBe(403);
  const tossed = { cookie: `tenantry_support=junk; ${headers.cookie}` };
  expect(JSON.parse((await site.ask("/", { headers: tossed })).body)).toMatchObject({ support: "Olga" });
  expect(await leave("same-origin")).toBe(303);
  await eventually(async () => expect(JSON.parse((await site.ask("/", { headers })).body).support).toBeUndefined());
});

test("each request is counted with its failure, and refusals are no failures", async () => {
  const counted = async () => {
    const { rows } = await control.sql(
      "SELECT requests::int, errors::int FROM tenant_request_counters WHERE tenant_id = $1",
      [tenant.id],
    );
    return rows[0] ?? { requests: 0, errors: 0 };
  };
  // What the tests before did is written within a second or two.
  await delay(1500);
  const before = await counted();
  await setStatus("inactive");
  await eventually(async () => expect((await site.ask("/", { method: "HEAD" })).status).toBe(503));
  await setStatus("active");
  await eventually(async () => expect((await site.ask("/")).status).toBe(200));
  await site.ask("/broken");
  await site.ask("/invalid");
  await site.ask("/", { host: "nobody.localhost" });
  await eventually(async () => {
    const after = await counted();
    expect(after.errors - before.errors).toBe(1);
    expect(after.requests - before.requests).toBeGreaterThanOrEqual(4);
  });
});
