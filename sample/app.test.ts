import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "@/lib/platform/free-port";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { makeShop } from "./testing-shop";

let control: TestControl;
let tenant: TestTenant;
let port: number;
let app: ChildProcess;

beforeAll(async () => {
  control = await testControl();
  tenant = await makeShop(control, "corner-shop");
  await control.sql("UPDATE tenants SET name = $2, settings = $3 WHERE id = $1", [
    tenant.id,
    "<b>Corner</b> & Sons",
    { workload: "spiky" },
  ]);
  port = await freePort();
  app = await start("sample/app.ts");
});
afterAll(async () => {
  app.kill("SIGKILL");
  await control.close();
});

/** Starts a part of the sample as its supervisor does, and waits until it says that it is ready. */
async function start(file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", file], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: { ...process.env, TENANTRY_APP_PORT: String(port) },
  });
  const [message] = await once(child, "message");
  expect(message).toMatchObject({ type: "ready" });
  return child;
}

type Answer = { status: number; type: string; wait: string | undefined; body: string };

async function ask(
  path: string,
  { host = "corner-shop.localhost", order = "", accept = "text/html" } = {},
): Promise<Answer> {
  const method = order ? "POST" : "GET";
  const sent = request({ host: "127.0.0.1", port, path, method, headers: { host, accept }, agent: false });
  sent.end(order);
  const [response] = await once(sent, "response");
  let body = "";
  for await (const chunk of response.setEncoding("utf8")) body += chunk;
  const { "content-type": type, "retry-after": wait } = response.headers;
  return { status: response.statusCode, type, wait, body };
}

async function setStatus(status: string): Promise<void> {
  await control.sql("UPDATE tenants SET status = $2::tenant_status WHERE id = $1", [tenant.id, status]);
  await control.sql("SELECT pg_notify('tenantry_tenant', $1)", [tenant.id]);
}

test("an empty shop has a page that says so, with its database, its role and its escaped name", async () => {
  const { status, type, body } = await ask("/");
  expect([status, type]).toEqual([200, "text/html; charset=utf-8"]);
  expect(body).toContain("&#60;b&#62;Corner&#60;/b&#62; &#38; Sons");
  expect(body).toContain(`Database <code>${tenant.database}</code>, signed in as <code>${tenant.role}</code>`);
  expect(body).toContain("The shelves are still empty.");
});

test("a search is shown escaped", async () => {
  const { body } = await ask(`/?search=${encodeURIComponent('"><script>alert(1)</script>')}`);
  expect(body).not.toContain("<script>");
});

test("a host that is nobody's gets a 404 page, and an unknown path of a shop one too", async () => {
  expect(await ask("/", { host: "nobody.localhost" })).toMatchObject({ status: 404, type: "text/html; charset=utf-8" });
  expect(await ask("/secret")).toMatchObject({ status: 404 });
  expect(await ask("/api/secret")).toMatchObject({ status: 404, type: "application/problem+json" });
  expect(await ask("/secret", { accept: "*/*" })).toMatchObject({ status: 404, type: "application/problem+json" });
  expect(await ask("/health", { host: "nobody.localhost" })).toMatchObject({ status: 200, body: '{"ok":true}' });
});

test("an order that is not one is refused with the reason", async () => {
  for (const order of ["{", "null", '{"productId":0}', '{"productId":1,"quantity":1000}', "x".repeat(20_000)])
    expect(await ask("/api/orders", { order })).toMatchObject({ status: 422 });
  expect(await ask("/api/orders", { order: '{"productId":1}' })).toMatchObject({ status: 404 });
});

test("the workload fills the demo's shops and visits them, every request is counted, and it ends with its parent", async () => {
  await control.sql("INSERT INTO demo_tenants (tenant_id, slug) VALUES ($1, $2)", [tenant.id, tenant.slug]);
  const workload = await start("sample/workload.ts");
  const seen = async () => {
    const { rows } = await control.sql("SELECT requests::int FROM tenant_request_counters WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect(rows[0]?.requests).toBeGreaterThan(20);
  };
  await vi.waitFor(seen, { timeout: 25_000, interval: 200 });
  const ended = once(workload, "exit");
  workload.disconnect();
  expect(await ended).toEqual([0, null]);
});

test("a filled shop sells: an order is placed, listed and in the report", async () => {
  const placed = await ask("/api/orders", { order: '{"productId":3,"quantity":2}' });
  expect(placed.status).toBe(201);
  const { order } = JSON.parse(placed.body);
  const { orders } = JSON.parse((await ask("/api/orders")).body);
  expect(orders[0]).toMatchObject({ id: order.id, totalCents: order.totalCents, items: 1, status: "placed" });
  expect(JSON.parse((await ask("/api/products?search=NO.%203")).body).products.length).toBeGreaterThan(0);
  expect(JSON.parse((await ask("/api/report")).body).report[0].revenueCents).toBeGreaterThan(0);
});

test.each([
  ["suspended", 403, undefined],
  ["blocked", 403, undefined],
  ["inactive", 503, "300"],
])("a shop that becomes %s answers %i, and sells again when it is active", async (status, http, wait) => {
  await setStatus(status);
  await vi.waitFor(async () => expect(await ask("/")).toMatchObject({ status: http, wait }), { timeout: 5000 });
  expect((await ask("/")).body).toContain("<h1>This shop is");
  await setStatus("active");
  await vi.waitFor(async () => expect((await ask("/")).status).toBe(200), { timeout: 5000 });
});

test("asked to stop, it answers what is under way, writes its counts and ends without an error", async () => {
  const headers = { host: "corner-shop.localhost", expect: "100-continue" };
  const under = request({ host: "127.0.0.1", port, path: "/api/report", headers, agent: false });
  const answered = once(under, "response");
  under.flushHeaders();
  // Said right before the app begins with its answer.
  await once(under, "continue");
  const ended = once(app, "exit");
  app.kill("SIGTERM");
  under.end();
  const [response] = await answered;
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(await ended).toEqual([0, null]);
});
