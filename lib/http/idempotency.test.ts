import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "@/lib/contracts";
import { operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Contract } from "@/lib/kernel/contract";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { ask, keyHeader } from "./testing-door";

let control: TestControl;
let tenant: TestTenant;
let serverId: string;
let headers: Record<string, string>;
beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("birch");
  serverId = (await controlDb().server.findFirstOrThrow()).id;
  headers = await keyHeader();
});
afterAll(async () => {
  await stopCounting();
  await control.close();
});

const post = async (path: string, key: string, body: object, more: Record<string, string> = {}) =>
  await ask("POST", `/api/tenancy/${path}`, { headers: { ...headers, "idempotency-key": key, ...more }, body });
const replayed = (answer: Response) => answer.headers.get("idempotency-replayed");

/** What makes something, with a body that does, and how many there are of it. */
const making: [string, () => { path: string; body: object; count: () => Promise<number> }][] = [
  [
    "a tenant",
    () => ({
      path: "tenants",
      body: { name: "Oak", slug: "oak", serverId },
      count: () => controlDb().tenant.count({ where: { slug: "oak" } }),
    }),
  ],
  [
    "a domain",
    () => ({
      path: `tenants/${tenant.id}/domains`,
      body: { hostname: "birch.example.org" },
      count: () => controlDb().domain.count({ where: { tenantId: tenant.id } }),
    }),
  ],
  [
    "a saved filter",
    () => ({
      path: "filters",
      body: { name: "Failed", filter: { status: ["failed"] } },
      count: () => controlDb().auditEvent.count({ where: { operation: "filters.save", outcome: "done" } }),
    }),
  ],
  [
    "a bulk run's plan",
    () => ({
      path: "actions/bulk-set-plan",
      body: { tenants: [tenant.id], input: { plan: "business" } },
      count: () => controlDb().bulkRun.count({ where: { action: "set-plan" } }),
    }),
  ],
  [
    "a run for one tenant",
    () => ({
      path: `tenants/${tenant.id}/actions/tag`,
      body: { add: ["vip"] },
      count: () => controlDb().bulkRun.count({ where: { action: "tag" } }),
    }),
  ],
];

describe.each(making)("%s", (what, given) => {
  test("sent five times at once with one key is made once, and all get the same answer", async () => {
    const { path, body, count } = given();
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(path, what.replaceAll(" ", "-"), body)));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(answers.map(({ status }) => status)).size, texts[0]).toBe(1);
    expect(answers[0]?.ok).toBe(true);
    expect(new Set(texts.map((text) => JSON.stringify(sorted(JSON.parse(text))))).size).toBe(1);
    expect(answers.map(replayed).sort()).toEqual(["true", "true", "true", "true", null].sort());
    expect(await count()).toBe(before + 1);
  });

  test("with another body is refused: 409", async () => {
    const { path, body } = given();
    const answer = await post(path, what.replaceAll(" ", "-"), { ...body, ...otherwise(body) });
    expect(answer.status).toBe(409);
    expect((await answer.json()).detail).toMatch(/Idempotency-Key was used for another request/);
    expect(replayed(answer)).toBeNull();
  });
});

/** The body with another value, of which nothing else is wrong. */
function otherwise(body: object): object {
  if ("name" in body) return { name: "Another" };
  if ("hostname" in body) return { hostname: "another.example.org" };
  return "add" in body ? { add: ["other"] } : { input: { plan: "free" } };
}

/** PostgreSQL keeps the members of an object in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => [name, sorted(member)]);
}

test("what failed may be tried again with its key, and two callers' keys have nothing to do with each other", async () => {
  const body = { name: "Elm", slug: "birch", serverId };
  for (let attempt = 0; attempt < 2; attempt++) expect((await post("tenants", "elm", body)).status).toBe(409);
  const right = await post("tenants", "elm", { ...body, slug: "elm" });
  expect([right.status, replayed(right)]).toEqual([202, null]);
  const other = await post("tenants", "elm", { ...body, slug: "elm-two" }, await keyHeader());
  expect([other.status, replayed(other)]).toEqual([202, null]);
});

test("a key is 1 to 200 visible characters", async () => {
  for (const key of ["", "a b", "x".repeat(201)]) expect((await post("filters", key, {})).status, key).toBe(422);
});

test("an answer with a secret is given once; who asks again learns that it was done, and nothing is made", async () => {
  const rights = { permissions: ["tenants:read" as const], scope: { kind: "all" as const } };
  const make = () => perform(createKey, as("system", { idempotencyKey: "made-once" }), { name: "Once", ...rights });
  const first = await make();
  expect(first.secret).toBeTruthy();
  await expect(make()).rejects.toMatchObject({ code: "conflict", reason: "answered_once" });
  expect(await controlDb().apiKey.count({ where: { name: "Once" } })).toBe(1);
  const kept = await controlDb().idempotencyKey.findFirstOrThrow({ where: { key: "made-once" } });
  expect(JSON.stringify(kept)).not.toContain(first.secret);
});

const guarded = contracts.filter(
  ({ method, access, path }) => method === "POST" && access.includes(":") && path !== "/v1/metrics",
);
/** Made where there is one secret link to follow, or by somebody who is not known yet: each can be used once. */
const once = ["setUp.owner", "join.accept", "passkeys.add"];

test("every POST that answers 201 or 202 keeps its answer for the key, but for those that can happen once by nature", () => {
  const creating = contracts.filter(
    ({ method, status }) => method === "POST" && status !== undefined && status !== 200,
  );
  const kept = new Set(guarded.map(({ id }) => id));
  expect(
    creating
      .map(({ id }) => id)
      .filter((id) => !kept.has(id))
      .sort(),
  ).toEqual([...once].sort());
});

test.each(guarded.map((one) => [one.id, one] as const))(
  "by the contract of %s, work is done once for a key",
  async (_, one) => {
    let done = 0;
    const shape = {
      id: `${one.id}.counted`,
      method: one.method,
      path: one.path,
      summary: one.summary,
      access: one.access,
    };
    const secret = one.secretAnswer ? { secretAnswer: true as const } : {};
    const counting: Contract = {
      ...shape,
      ...secret,
      input: z.object({ n: z.int() }),
      output: z.object({ n: z.int() }),
    };
    const op = operation(counting, async () => ({ n: ++done }));
    const send = () => perform(op, as("owner", { idempotencyKey: one.id, reply: {} }), { n: 1 });
    const both = await Promise.allSettled([send(), send()]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(one.secretAnswer ? 1 : 2);
    expect(done).toBe(1);
  },
);
