import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ApiError } from "./api-error";
import { createClient } from "./client";

type Answer = { status: number; body?: string; headers?: Record<string, string> };
type Asked = { method: string; path: string; key: string; body: string };

const asked: Asked[] = [];
let answers: Answer[] = [];
let url = "";
const server = createServer(async (request: IncomingMessage, response) => {
  const key = String(request.headers["idempotency-key"] ?? "");
  asked.push({ method: request.method ?? "", path: request.url ?? "", key, body: await text(request) });
  const { status, body = "{}", headers } = answers.shift() ?? { status: 200 };
  response.writeHead(status, headers).end(body);
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked.length = 0;
  answers = [];
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const busy: Answer = { status: 503, headers: { "retry-after": "0" } };
const id = "01980f3e-0000-7000-8000-000000000000";

test("an input goes where its operation has it: into the path, the query or the body", async () => {
  const client = createClient({ url: `${url}/` });
  await client.send("tenants.list", { status: ["active", "blocked"], search: "a b&c" });
  await client.send("tenants.setStatus", { id, status: "blocked", reason: "Unpaid" });
  await client.send("tenants.remove", { id, confirm: "acme", purge: true });
  expect(asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["GET", "/api/tenancy/tenants?status=active&status=blocked&search=a+b%26c", ""],
    ["PUT", `/api/tenancy/tenants/${id}/status`, '{"status":"blocked","reason":"Unpaid"}'],
    ["DELETE", `/api/tenancy/tenants/${id}?confirm=acme&purge=true`, ""],
  ]);
});

test.each([
  ["/prefix", "/prefix"],
  ["/prefix/", "/prefix"],
  ["/a/b//", "/a/b"],
  ["//elsewhere.example/", "//elsewhere.example"],
  ["/a%20b?x=1#y", "/a%20b"],
])("an address with the path %s keeps it for every kind of request", async (path, kept) => {
  const client = createClient({ url: url + path });
  answers = [{ status: 200, body: '{"tenants":[],"next":null}' }, { status: 200 }, { status: 200 }, { status: 200 }];
  for await (const _ of client.pages("tenants.list", { search: "a b" }));
  await client.send("tenants.setStatus", { id, status: "blocked" });
  await client.upload("uploads.create", new Uint8Array([1]));
  await client.download("tenants.export", {});
  expect(asked.map(({ path }) => path)).toEqual([
    `${kept}/api/tenancy/tenants?search=a+b`,
    `${kept}/api/tenancy/tenants/${id}/status`,
    `${kept}/api/tenancy/uploads`,
    `${kept}/api/tenancy/tenants/export`,
  ]);
});

test("what is safe to repeat is sent again, a POST with the same Idempotency-Key", async () => {
  answers = [busy, { status: 429, headers: { "retry-after": "0" } }, { status: 202 }];
  await createClient({ url }).send("tenants.restore", { id });
  expect(asked).toHaveLength(3);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
  expect(asked[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
});

test("a PATCH is sent once, and nothing is sent more often than retries allow", async () => {
  answers = [busy, busy];
  await expect(createClient({ url }).send("tenants.edit", { id, name: "A" })).rejects.toMatchObject({ status: 503 });
  expect(asked).toHaveLength(1);
  answers = [busy, busy];
  await expect(createClient({ url, retries: 0 }).send("servers.list", {})).rejects.toMatchObject({ status: 503 });
  expect(asked).toHaveLength(2);
});

test("who is told to wait long is told so, and does not wait", async () => {
  answers = [{ status: 429, headers: { "retry-after": "3600" } }];
  const told = createClient({ url }).send("servers.list", {});
  await expect(told).rejects.toMatchObject({ status: 429, retryAfter: 3600 });
  expect(asked).toHaveLength(1);
});

test("a failure says what the API says, also where something else answers or nothing does", async () => {
  const problem = { code: "invalid", detail: "Look again.", errors: { slug: "Too long." }, requestId: "r1" };
  answers = [
    { status: 422, body: JSON.stringify(problem) },
    { status: 404, body: "<html>" },
  ];
  const client = createClient({ url, retries: 0 });
  const invalid = await client.send("servers.list", {}).catch((error: unknown) => error);
  expect(invalid).toBeInstanceOf(ApiError);
  expect(invalid).toMatchObject({
    status: 422,
    message: "Look again.",
    errors: { slug: "Too long." },
    requestId: "r1",
  });
  await expect(client.send("servers.list", {})).rejects.toMatchObject({ status: 404, code: "unknown" });
  const nowhere = createClient({ url: "http://127.0.0.1:9", retries: 0 }).send("servers.list", {});
  await expect(nowhere).rejects.toMatchObject({ status: 0, code: "unreachable" });
});

test("pages are read until there is no next one, and a signal ends it", async () => {
  const page = (slug: string, next: string | null) => ({
    status: 200,
    body: JSON.stringify({ tenants: [slug], next }),
  });
  answers = [page("a", "c1"), page("b", null)];
  const seen: unknown[] = [];
  for await (const { tenants } of createClient({ url }).pages("tenants.list", { limit: 1 })) seen.push(...tenants);
  expect(seen).toEqual(["a", "b"]);
  expect(asked.map(({ path }) => path.split("?")[1])).toEqual(["limit=1", "limit=1&cursor=c1"]);
  const ended = createClient({ url, signal: AbortSignal.abort() }).send("servers.list", {});
  await expect(ended).rejects.toMatchObject({ name: "AbortError" });
});

test("what can't stand in an address is refused before anything is sent", async () => {
  const client = createClient({ url });
  for (const name of ["..", ".", ""]) await expect(client.send("roles.remove", { name })).rejects.toThrow("for name");
  expect(asked).toEqual([]);
});

test.each([
  ["a key on two lines", { key: "tnt_abcdefghij_secret\nPART" }],
  ["a key with letters that no key has", { key: "tnt_–secret" }],
  ["an address with a password", { url: "http://user:secret@127.0.0.1:9" }],
  ["an address that is none", { url: "secret" }],
])("%s is refused without being quoted", (_, wrong) => {
  const make = () => createClient({ url: "http://127.0.0.1:9", ...wrong });
  expect(make).toThrow(TypeError);
  expect(make).not.toThrow(/secret/);
});

test("nobody that an answer leads to gets what was sent", async () => {
  answers = [{ status: 307, headers: { location: `${url}/elsewhere` } }];
  await expect(createClient({ url }).send("tenants.setStatus", { id, status: "blocked" })).rejects.toMatchObject({
    status: 307,
  });
  expect(asked.map(({ path }) => path)).toEqual([`/api/tenancy/tenants/${id}/status`]);
});

test("a change by If-Match is sent once: done already, it would meet its own new state", async () => {
  answers = [busy, { status: 200 }];
  const change = { id, status: "blocked" as const };
  await expect(createClient({ url }).send("tenants.setStatus", change, { ifMatch: '"a"' })).rejects.toMatchObject({
    status: 503,
  });
  expect(asked).toHaveLength(1);
});
