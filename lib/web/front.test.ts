import { request as httpRequest, type IncomingMessage, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { remoteHeader, remoteOf } from "@/lib/platform/front-token";
import { hostsOf } from "@/lib/platform/hosts";
import { createFront } from "./front";

vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/none");
vi.stubEnv("TENANTRY_SECRET_KEY", Buffer.alloc(32).toString("base64"));
vi.stubEnv("LOG_LEVEL", "silent");

const own = hostsOf("https://console.example.com", ["admin.example.com:8443"]);
const rules = { url: "https://console.example.com", isOwnHost: (host: string) => own.has(host), development: false };

let seen: { url: string | undefined; headers: IncomingMessage["headers"] }[] = [];
let server: Server;
let port: number;

beforeAll(async () => {
  server = createFront(
    rules,
    async (request, response) => {
      seen.push({ url: request.url, headers: request.headers });
      if (request.url === "/broken?secret=1") throw new Error("broken");
      if (request.url === "/api/tenancy/enough") {
        await new Promise((resolve) => request.once("data", resolve));
        request.pause();
        return void response.end("enough");
      }
      if (request.url === "/api/tenancy/given-up") {
        const reader = Readable.toWeb(request).getReader();
        await reader.read();
        await reader.cancel();
        return void response.writeHead(413).end("too much");
      }
      for await (const _ of request);
      response.end("served");
    },
    { headers: 300, request: 700, check: 50 },
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
});

/** Sends bytes as they are, and reads until the connection ends or has been quiet for a while. */
async function raw(text: string, more: { after: number; text: string }[] = []): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let got = "";
  socket.setEncoding("latin1").on("data", (chunk) => (got += String(chunk)));
  socket.on("error", () => undefined);
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.write(text, "latin1");
  for (const part of more) {
    await delay(part.after);
    if (socket.writable) socket.write(part.text, "latin1");
  }
  await Promise.race([ended, delay(more.length > 0 || text === "" ? 2500 : 250)]);
  socket.destroy();
  return got;
}

const host = "Host: console.example.com\r\n";
const statusOf = (answer: string) => Number(answer.match(/^HTTP\/1\.1 (\d+)/)?.[1] ?? 0);
const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)) as Record<string, unknown>;

function ask(path: string, headers: Record<string, string | string[]>, method = "GET", body = ""): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: "127.0.0.1", path, method, headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    request.once("error", reject).end(body);
  });
}

test("OTLP may send without a length and more than others may: its handler counts; no other address does so", async () => {
  const chunked = { "transfer-encoding": "chunked", host: "console.example.com" };
  const large = { "content-length": "2000000", host: "console.example.com" };
  expect(await ask("/v1/metrics", chunked, "POST", "{}")).toBe(200);
  expect(await ask("/v1/metrics", large, "POST", "x".repeat(2_000_000))).toBe(200);
  expect(await ask("/v1/traces", chunked, "POST", "{}")).toBe(411);
  expect(await ask("/v1/traces", { host: "console.example.com" }, "POST", "")).toBe(405);
});

test("what is meant for us is passed on, with every security header and the sender's address", async () => {
  const answer = await raw(`GET /tenants?page=2 HTTP/1.1\r\n${host}\r\n`);
  expect(statusOf(answer)).toBe(200);
  for (const header of [
    "content-security-policy: default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options: nosniff",
    "x-frame-options: DENY",
    "strict-transport-security: max-age=63072000; includeSubDomains",
  ]) {
    expect(answer).toContain(header);
  }
  expect(remoteOf(String(seen[0]?.headers[remoteHeader]))).toBe("127.0.0.1");
});

test("nobody can claim an address, a protocol, a host or a policy for themselves", async () => {
  await ask("/", {
    host: "console.example.com",
    "X-Tenantry-Remote": ["guess 6.6.6.6", "again 6.6.6.6"],
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "http",
    forwarded: "for=6.6.6.6",
    "x-nonce": "mine",
    "content-security-policy": "script-src 'nonce-mine'",
    "x-forwarded-for": "6.6.6.6",
    "next-action": "x",
  });
  const headers = seen[0]?.headers ?? {};
  expect(remoteOf(String(headers[remoteHeader]))).toBe("127.0.0.1");
  expect(headers["x-forwarded-proto"]).toBe("https");
  for (const name of ["x-forwarded-host", "forwarded", "x-nonce", "content-security-policy", "next-action"]) {
    expect(headers[name]).toBeUndefined();
  }
  expect(remoteOf("guess 6.6.6.6")).toBeNull();
  expect(remoteOf(null)).toBeNull();
});

test.each([
  "evil.example",
  "console.example.com.evil.example",
  "console.example.com:81",
  "127.0.0.1",
  "admin.example.com",
])("the host %s is answered with 421, and where to go", async (name) => {
  const answer = await raw(`GET / HTTP/1.1\r\nHost: ${name}\r\n\r\n`);
  expect(statusOf(answer)).toBe(421);
  expect(bodyOf(answer)).toMatchObject({ status: 421, detail: expect.stringContaining("https://console.example.com") });
  expect(answer).not.toContain("evil");
  expect(seen).toEqual([]);
});

test("a person's browser gets the refusal as a page", async () => {
  const answer = await raw(`GET / HTTP/1.1\r\nHost: evil.example\r\nSec-Fetch-Mode: navigate\r\n\r\n`);
  expect(answer).toContain("text/html");
  expect(answer).toContain("<h1>Misdirected request</h1>");
});

test.each([
  ["another of our hosts", `GET / HTTP/1.1\r\nHost: admin.example.com:8443\r\n\r\n`, 200],
  ["health, under any host", `GET /api/tenancy/health/live HTTP/1.1\r\nHost: 10.0.0.9\r\n\r\n`, 200],
  ["health, under none", `GET /api/tenancy/health/live HTTP/1.0\r\n\r\n`, 200],
  ["no host", `GET / HTTP/1.1\r\n\r\n`, 400],
  ["an empty host", `GET / HTTP/1.1\r\nHost:\r\n\r\n`, 400],
  ["two hosts", `GET / HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, 400],
  ["two hosts at health", `GET /api/tenancy/health/live HTTP/1.1\r\n${host}Host: evil.example\r\n\r\n`, 400],
  ["broken percent-encoding", `GET /%ED%A0%80 HTTP/1.1\r\n${host}\r\n`, 400],
  ["a lone percent", `GET /a% HTTP/1.1\r\n${host}\r\n`, 400],
  ["an encoded zero byte", `GET /set-up/%00 HTTP/1.1\r\n${host}\r\n`, 400],
  ["an encoded line break", `GET /a%0d%0aX:1 HTTP/1.1\r\n${host}\r\n`, 400],
  ["an address with a host", `GET http://evil.example/ HTTP/1.1\r\n${host}\r\n`, 400],
  ["two slashes first", `GET //evil.example/ HTTP/1.1\r\n${host}\r\n`, 400],
  ["a backslash", `GET /\\evil.example HTTP/1.1\r\n${host}\r\n`, 400],
  ["two dots", `GET /api/tenancy/../../users HTTP/1.1\r\n${host}\r\n`, 400],
  ["one dot at the end", `GET /users/. HTTP/1.1\r\n${host}\r\n`, 400],
  ["encoded dots", `GET /api/tenancy/%2e%2E/auth/csrf HTTP/1.1\r\n${host}\r\n`, 400],
  ["dots half encoded, then a query", `GET /api/tenancy/.%2e?a=b HTTP/1.1\r\n${host}\r\n`, 400],
  ["an encoded backslash", `GET /api/tenancy/..%5cauth HTTP/1.1\r\n${host}\r\n`, 400],
  ["an encoded slash", `GET /api/tenancy/..%2Fauth HTTP/1.1\r\n${host}\r\n`, 400],
  ["health and dots", `GET /api/tenancy/health/live/../../users HTTP/1.1\r\nHost: 10.0.0.9\r\n\r\n`, 400],
  ["what only begins like health", `GET /api/tenancy/health/live/x HTTP/1.1\r\nHost: 10.0.0.9\r\n\r\n`, 421],
  ["dots in a name and in the query", `GET /a..b/.well-known?c=../d%2f HTTP/1.1\r\n${host}\r\n`, 200],
  ["a star", `OPTIONS * HTTP/1.1\r\n${host}\r\n`, 400],
  ["broken encoding in the query", `GET /?a=%ED%A0%80 HTTP/1.1\r\n${host}\r\n`, 200],
  ["a method that is not served", `TRACE / HTTP/1.1\r\n${host}\r\n`, 405],
  ["a form for a page", `POST /users HTTP/1.1\r\n${host}Content-Length: 0\r\n\r\n`, 405],
  ["no HTTP at all", "nonsense\r\n\r\n", 400],
  ["a line break in a header", `GET / HTTP/1.1\r\n${host}X: a\rb\r\n\r\n`, 400],
  ["a length and chunks", `POST / HTTP/1.1\r\n${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
  ["too many headers", `GET / HTTP/1.1\r\n${host}${"A: b\r\n".repeat(120)}\r\n`, 431],
  ["headers too large", `GET / HTTP/1.1\r\n${host}A: ${"b".repeat(20_000)}\r\n\r\n`, 431],
  ["a body without length for a page", `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`, 411],
  ["a body too large, before it is sent", `POST / HTTP/1.1\r\n${host}Content-Length: 1000001\r\n\r\n`, 413],
  ["one that asks first", `POST / HTTP/1.1\r\n${host}Content-Length: 1000001\r\nExpect: 100-continue\r\n\r\n`, 413],
  ["an absurd length", `POST / HTTP/1.1\r\n${host}Content-Length: 99999999999999999\r\n\r\n`, 413],
])("%s", async (_, text, status) => {
  const answer = await raw(text);
  expect(statusOf(answer)).toBe(status);
  expect(seen.length).toBe(status === 200 ? 1 : 0);
  if (status === 200) return;
  expect(bodyOf(answer)).toMatchObject({ status, detail: expect.stringMatching(/\.$/) });
  expect(answer).toContain("nosniff");
});

test("a body is passed on up to the limit, and who sends more gets to read why not", async () => {
  const headers = { host: "console.example.com" };
  expect(await ask("/api/x", { ...headers, "content-length": "1000000" }, "POST", "x".repeat(1_000_000))).toBe(200);
  expect(await ask("/", { ...headers, "content-length": "3000000" }, "POST", "x".repeat(3_000_000))).toBe(413);
});

test("a body that nobody read to its end does not hold up the connection's next request", async () => {
  const chunk = `${(200_000).toString(16)}\r\n${"x".repeat(200_000)}\r\n`;
  const first = `POST /api/tenancy/enough HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(6)}0\r\n\r\n`;
  const answers = await raw(`${first}GET /second HTTP/1.1\r\n${host}\r\n`, [{ after: 100, text: "" }]);
  expect(answers).toContain("enough");
  expect(answers).toContain("served");
});

test("a body whose reading was given up ends its connection soon after the answer, however long it would go on", async () => {
  const socket = connect(port, "127.0.0.1");
  const ended = new Promise((resolve) => socket.once("close", () => resolve("ended")));
  let got = "";
  socket.on("error", () => undefined).on("data", (chunk) => (got += String(chunk)));
  socket.write(`POST /api/tenancy/given-up HTTP/1.1\r\n${host}Content-Length: 500000\r\n\r\n${"x".repeat(20_000)}`);
  await vi.waitFor(() => expect(got).toContain("too much"));
  expect(await Promise.race([ended, delay(10_000, "still open")])).toBe("ended");
});

test("one that waits for permission to send its body gets it", async () => {
  const answer = await raw(`POST /api/x HTTP/1.1\r\n${host}Content-Length: 2\r\nExpect: 100-continue\r\n\r\n`, [
    { after: 100, text: "ok" },
  ]);
  expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200/);
});

test("slow headers are cut", async () => {
  const slow = ["X-A: 1\r\n", "X-B: 2\r\n", "X-C: 3\r\n"].map((text) => ({ after: 200, text }));
  const started = Date.now();
  expect(statusOf(await raw(`GET / HTTP/1.1\r\n${host}`, slow))).toBe(408);
  expect(Date.now() - started).toBeLessThan(1500);
});

test("a slow body is cut", async () => {
  const slow = Array.from({ length: 6 }, () => ({ after: 200, text: "x" }));
  const answer = await raw(`POST /api/x HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\n`, slow);
  expect(statusOf(answer)).toBe(408);
  expect(bodyOf(answer)).toMatchObject({ title: "Too slow" });
});

test("a file that is uploaded may be large, and take its time as long as it keeps coming; one that stalls is cut", async () => {
  const head = `POST /api/tenancy/uploads HTTP/1.1\r\n${host}Content-Length:`;
  const slow = Array.from({ length: 12 }, () => ({ after: 150, text: "x" }));
  expect(statusOf(await raw(`${head} 12\r\n\r\n`, slow))).toBe(200);
  expect(statusOf(await raw(`${head} 100\r\n\r\n`, slow.slice(0, 2)))).toBe(408);
  const headers = { host: "console.example.com", "content-length": "3000000" };
  expect(await ask("/api/tenancy/uploads", headers, "POST", "x".repeat(3_000_000))).toBe(200);
  expect(statusOf(await raw(`PUT${head.slice(4)} 3000000\r\n\r\n`))).toBe(413);
});

test("a connection on which nothing is said is ended without a word", async () => {
  const started = Date.now();
  expect(await raw("")).toBe("");
  expect(Date.now() - started).toBeLessThan(1500);
});

test("what goes wrong behind the front is told without its reason", async () => {
  const answer = await raw(`GET /broken?secret=1 HTTP/1.1\r\n${host}\r\n`);
  expect(statusOf(answer)).toBe(500);
  expect(answer).not.toContain("secret");
  expect(answer).not.toContain("broken");
});

test("no bytes end the server, and what it passes on is an address that can be decoded", async () => {
  const target = fc.string({ unit: "binary", maxLength: 40 }).map((text) => `/${Buffer.from(text).toString("latin1")}`);
  await fc.assert(
    fc.asyncProperty(target, fc.constantFrom("GET", "POST", "BREW"), async (path, method) => {
      seen = [];
      await raw(`${method} ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      for (const { url } of seen) expect(() => decodeURIComponent(url?.split("?", 1)[0] ?? "%")).not.toThrow();
    }),
    { numRuns: 40 },
  );
  expect(await ask("/", { host: "console.example.com" })).toBe(200);
});
