import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Handler } from "./front";
import { straight } from "./straight";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
vi.stubEnv("LOG_LEVEL", "silent");

const folder = mkdtempSync(join(tmpdir(), "tenantry-straight-"));
const written: Record<string, string> = {};
let server: Server;
let url: string;

/** A route as Next builds it: a module whose `routeModule` has the file's exports once they have loaded. */
function built(path: string, exported: string): void {
  const file = `app${path}/route.js`;
  written[`${path}/route`] = file;
  mkdirSync(join(folder, ".next/server", dirname(file)), { recursive: true });
  writeFileSync(
    join(folder, ".next/server", file),
    `const late = ${exported};
     const routeModule = { ensureUserland: async () => { routeModule.userland = late; } };
     module.exports = Promise.resolve({ routeModule });`,
  );
}

const told = "async (request, { params }) => Response.json({ at: AT, params: await params, url: request.url })";
const says = (at: string) => `{ GET: ${told.replace("AT", JSON.stringify(at))} }`;

beforeAll(async () => {
  built("/api/tenancy/things", says("list"));
  built("/api/tenancy/things/[id]", says("one"));
  built("/api/tenancy/things/[id]/parts", says("parts"));
  built("/api/tenancy/things/by-name/[name]", says("by name"));
  built("/api/tenancy/[...unknown]", says("never"));
  built("/api/auth/[...nextauth]", says("never"));
  built(
    "/api/tenancy/echo",
    `{ POST: async (request) => new Response(await request.text(), { status: 201, headers: { "content-type": "application/problem+json" } }),
       HEAD: async () => new Response("not sent", { headers: { "x-told": "yes" } }),
       PUT: async () => { throw new Error("broken") } }`,
  );
  built(
    "/api/tenancy/large",
    `{ GET: async () => {
         const headers = new Headers({ "content-type": "application/json", vary: "Cookie" });
         headers.append("set-cookie", "a=1"); headers.append("set-cookie", "b=2");
         return new Response(JSON.stringify("x".repeat(5000)), { headers }); } }`,
  );
  built(
    "/api/tenancy/stream",
    `{ GET: async (request) => {
         globalThis.straightLeft = new Promise((resolve) => request.signal.addEventListener("abort", resolve));
         return new Response(new ReadableStream({ start(c) { c.enqueue(new TextEncoder().encode("data: 1\\n\\n")); } }),
           { headers: { "content-type": "text/event-stream" } }); } }`,
  );
  built("/api/tenancy/failed", `(() => { throw new Error("can't load"); })()`);
  writeFileSync(join(folder, ".next/server/app-paths-manifest.json"), JSON.stringify(written));
  const next: Handler = (asked, response) => void response.end(`next ${asked.url}`);
  const handle = straight(folder, "https://console.example.com/", next);
  server = createServer((asked, response) => {
    Promise.resolve(handle(asked, response)).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const ask = async (path: string, init?: RequestInit) => await fetch(`${url}${path}`, init);

test("a route is found by its address, what is fixed before what is a parameter", async () => {
  const at = async (path: string) => (await (await ask(path)).json()) as unknown;
  const origin = "https://console.example.com";
  expect(await at("/api/tenancy/things?a=1")).toEqual({
    at: "list",
    params: {},
    url: `${origin}/api/tenancy/things?a=1`,
  });
  expect(await at("/api/tenancy/things/7")).toMatchObject({ at: "one", params: { id: "7" } });
  expect(await at("/api/tenancy/things/by-name")).toMatchObject({ at: "one", params: { id: "by-name" } });
  expect(await at("/api/tenancy/things/by-name/a%20b")).toMatchObject({ at: "by name", params: { name: "a b" } });
  expect(await at("/api/tenancy/things/by-name/parts")).toMatchObject({ at: "by name", params: { name: "parts" } });
  expect(await at("/api/tenancy/things/8/parts")).toMatchObject({ at: "parts", params: { id: "8" } });
});

test("what is no route of the API, has no such method or can't be loaded is Next's", async () => {
  const paths = ["/", "/api/tenancy/nothing", "/api/tenancy/things/", "/api/tenancy/things/1/2", "/api/auth/session"];
  for (const path of [...paths, "/api/tenancy/failed"]) expect(await (await ask(path)).text()).toBe(`next ${path}`);
  expect(await (await ask("/api/tenancy/things", { method: "DELETE" })).text()).toBe("next /api/tenancy/things");
});

test("a body comes through, and so do status, headers and several cookies", async () => {
  const posted = await ask("/api/tenancy/echo", { method: "POST", body: '{"ü":1}' });
  expect([posted.status, await posted.text()]).toEqual([201, '{"ü":1}']);
  expect(posted.headers.get("content-type")).toBe("application/problem+json");
  expect(await (await ask("/api/tenancy/echo", { method: "POST" })).text()).toBe("");
  const large = await ask("/api/tenancy/large");
  expect(large.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  const head = await ask("/api/tenancy/echo", { method: "HEAD" });
  expect([head.headers.get("x-told"), await head.text()]).toEqual(["yes", ""]);
});

test("a handler that throws is the front's to tell", async () => {
  const broken = await ask("/api/tenancy/echo", { method: "PUT", body: "x" });
  expect([broken.status, await broken.text()]).toEqual([500, "broken"]);
});

test("a large answer is compressed for who takes it so", async () => {
  const raw = (headers: Record<string, string>) =>
    new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
      request(`${url}/api/tenancy/large`, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      })
        .once("error", reject)
        .end();
    });
  const text = JSON.stringify("x".repeat(5000));
  for (const accepted of ["gzip", "br, gzip;q=0.5", "deflate,gzip ;q=1"]) {
    const { headers, body } = await raw({ "accept-encoding": accepted });
    expect(headers).toMatchObject({ "content-encoding": "gzip", "content-length": String(body.length) });
    expect(headers.vary).toBe("Cookie, Accept-Encoding");
    expect(gunzipSync(body).toString()).toBe(text);
  }
  for (const accepted of ["", "br", "gzip;q=0", "gzip;q=0.0, br", "xgzip"]) {
    const { headers, body } = await raw({ "accept-encoding": accepted });
    expect(headers["content-encoding"]).toBeUndefined();
    expect(body.toString()).toBe(text);
  }
});

test("a stream is sent as it comes, and its handler learns when the reader leaves", async () => {
  const leaving = new AbortController();
  const response = await ask("/api/tenancy/stream", { signal: leaving.signal });
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: 1\n\n");
  leaving.abort();
  await vi.waitFor(() =>
    expect((globalThis as { straightLeft?: Promise<unknown> }).straightLeft).resolves.toBeDefined(),
  );
});

test("Next's own module of a route has what is relied on here", () => {
  const file = "node_modules/next/dist/server/route-modules/app-route/module.js";
  const text = readFileSync(file, "utf8");
  expect(text).toMatch(/async ensureUserland\(\)/);
  expect(text).toMatch(/this\.userland\b/);
});
