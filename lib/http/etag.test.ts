import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/kernel/ids";
import { sourceNames } from "@/lib/kernel/metrics";
import { stopCounting } from "@/lib/keys/rate-limit";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { ask, keyHeader } from "./testing-door";

let control: TestControl;
let tenant: TestTenant;
let key: Record<string, string>;
let path: string;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("birch");
  key = await keyHeader();
  path = `/api/tenancy/tenants/${tenant.id}`;
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

const read = async (more: Record<string, string> = {}, query = "") =>
  await ask("GET", `${path}${query}`, { headers: { ...key, ...more } });
const rename = async (name: string, more: Record<string, string>, body: object = {}) =>
  await ask("PATCH", path, { headers: { ...key, ...more }, body: { name, ...body } });
const etag = async (query = "") => String((await read({}, query)).headers.get("etag"));
const nameNow = async () => (await controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } })).name;

test("a single resource has a strong ETag, and asking for it again with it gets 304 without a body", async () => {
  const response = await read();
  const tag = String(response.headers.get("etag"));
  expect(tag).toMatch(/^"[0-9a-f]{24}\.[0-9a-f]{24}"$/);
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, `"a,b" , ,${tag}`, "*"]) {
    const again = await read({ "if-none-match": known });
    expect(again.status, known).toBe(304);
    expect(await again.text()).toBe("");
    expect(again.headers.get("etag")).toBe(tag);
    expect(again.headers.get("content-type")).toBeNull();
    expect(again.headers.get("x-request-id")).toBeTruthy();
  }
  for (const other of ['"other"', tag.replace(".", "x"), `"${tag.slice(1, 25)}.000000000000000000000000"`]) {
    expect((await read({ "if-none-match": other })).status, other).toBe(200);
  }
});

test("a figure that moves makes a new answer, but no new state", async () => {
  const before = await etag();
  const usage = { tenantId: tenant.id, tickId: 1n, cpu: 12.5, sources: { cpu: sourceNames[0] }, changedAt: new Date() };
  await controlDb().tenantUsageLatest.create({ data: usage });
  const after = await etag();
  expect(after).not.toBe(before);
  expect(after.split(".")[0]).toBe(before.split(".")[0]);
  expect((await read({ "if-none-match": before })).status).toBe(200);
  expect((await rename("Birch and Sons", { "if-match": before })).status).toBe(200);
});

test("a change with If-Match is made in the state that was read and in no other", async () => {
  const seen = await etag();
  const first = await rename("First", { "if-match": seen });
  expect(first.status).toBe(200);
  const late = await rename("Second", { "if-match": seen });
  expect(late.status).toBe(412);
  expect(late.headers.get("content-type")).toBe("application/problem+json");
  expect(await late.json()).toMatchObject({ status: 412, code: "changed", title: "Changed meanwhile" });
  expect(await nameNow()).toBe("First");
  // The answer of a change has the tag with which the next one goes on.
  expect(first.headers.get("etag")).toBe(await etag());
  expect((await rename("Second", { "if-match": String(first.headers.get("etag")) })).status).toBe(200);
});

test("If-Match takes several tags and *, compares strongly, and is read as RFC 9110 writes it", async () => {
  const seen = await etag();
  expect((await rename("Third", { "if-match": `"other.1", "", ${seen}` })).status).toBe(200);
  expect((await rename("Fourth", { "if-match": "*" })).status).toBe(200);
  const now = await etag();
  const weak = await rename("Fifth", { "if-match": `W/${now}` });
  expect(weak.status).toBe(412);
  expect((await weak.json()).detail).toMatch(/weak/);
  // A server that compresses may have added its own ending to the answer's half.
  expect((await rename("Sixth", { "if-match": now.replace(/"$/, '-gzip"') })).status).toBe(200);
  const malformed = [
    "",
    ",",
    "abc",
    `"abc`,
    `"a" "b"`,
    `*, "a"`,
    `w/"a"`,
    `"a";q=1`,
    `"a\u00ff`,
    "'a'",
    `${"x".repeat(5000)}`,
  ];
  for (const header of malformed) {
    const refused = await rename("Seventh", { "if-match": header });
    expect(refused.status, header).toBe(422);
    expect((await refused.json()).detail, header).toMatch(/If-Match/);
  }
  expect(await nameNow()).toBe("Sixth");
});

test("a malformed If-None-Match is told, and one with a change is refused, since nobody would look at it", async () => {
  expect((await read({ "if-none-match": "abc" })).status).toBe(422);
  const refused = await rename("Eighth", { "if-none-match": "*", "if-match": "*" });
  expect(refused.status).toBe(422);
  expect((await refused.json()).detail).toContain("If-None-Match");
});

test("If-Match at an operation that does not look at it changes nothing", async () => {
  const response = await ask("POST", `${path}/domains`, {
    headers: { ...key, "if-match": await etag() },
    body: { hostname: "birch.example.org" },
  });
  expect(response.status).toBe(422);
  expect((await response.json()).detail).toMatch(/does not look at If-Match/);
  expect(await controlDb().domain.count({ where: { tenantId: tenant.id } })).toBe(0);
  expect((await read({ "if-match": "*" })).status).toBe(422);
});

test("an edit says which state it changes: by the version, by If-Match, or both, which then both hold", async () => {
  const { version } = (await (await read()).json()) as { version: number };
  const unsaid = await rename("Ninth", {});
  expect(unsaid.status).toBe(422);
  expect(await unsaid.json()).toMatchObject({ errors: { version: expect.stringContaining("If-Match") } });
  expect((await rename("Ninth", {}, { version: version - 1 })).status).toBe(409);
  expect((await rename("Ninth", { "if-match": await etag() }, { version: version - 1 })).status).toBe(409);
  expect((await rename("Ninth", { "if-match": '"0.0"' }, { version })).status).toBe(412);
  expect((await rename("Ninth", { "if-match": await etag() }, { version })).status).toBe(200);
});

test("status, deletion and restore take If-Match too", async () => {
  const stale = '"000000000000000000000000.0"';
  const put = (tag: string) =>
    ask("PUT", `${path}/status`, { headers: { ...key, "if-match": tag }, body: { status: "inactive" } });
  const remove = (tag: string) => ask("DELETE", `${path}?confirm=birch`, { headers: { ...key, "if-match": tag } });
  const restore = (tag: string) => ask("POST", `${path}/restore`, { headers: { ...key, "if-match": tag } });
  expect((await put(stale)).status).toBe(412);
  expect((await put(await etag())).status).toBe(200);
  expect((await remove(stale)).status).toBe(412);
  const deleted = await remove(await etag());
  expect(deleted.status).toBe(202);
  expect((await restore(stale)).status).toBe(412);
  expect((await restore(String(deleted.headers.get("etag")))).status).toBe(200);
});

test("what is not there or out of reach is not found, whatever If-Match says", async () => {
  const mine = await keyHeader(["tenants:update"], { kind: "tag", values: ["mine"] });
  for (const [headers, id] of [
    [key, newId(new Date())],
    [mine, tenant.id],
  ] as const) {
    const address = `/api/tenancy/tenants/${id}`;
    const answer = await ask("PATCH", address, { headers: { ...headers, "if-match": "*" }, body: { name: "Tenth" } });
    expect(answer.status).toBe(404);
  }
});

test("of two changes at once from one state, one is made", async () => {
  const seen = await etag();
  const both = await Promise.all(["Left", "Right"].map((name) => rename(name, { "if-match": seen })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
});
