import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { digestOf } from "@/lib/gate/step-up";
import { as } from "@/lib/gate/testing";
import type { InputOf } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { actorOfKey, presentedKey, readDoor } from "./authenticate";
import { createKeyContract } from "./contract";
import { createKey } from "./create-key";
import { editKey } from "./edit-key";
import { listKeys } from "./list-keys";
import { revokeKey } from "./revoke-key";
import { secretMatches } from "./secret";
import { showCaller } from "./show-caller";

const holderOf = async (key: string, address: string | null, at: Date) =>
  await actorOfKey(key, await readDoor(key), address, at);

let control: TestControl;
let now = new Date("2026-03-01T12:00:00Z");
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const input = { name: "deploys", permissions: ["tenants:read" as const] };

/** The system needs no step-up; that people do is the gate's own test. */
const make = (more: Partial<InputOf<typeof createKeyContract>> = {}) =>
  perform(createKey, as("system", { now: () => now }), { ...input, ...more });

/** Makes a key as a person, whose second factor counts as proven. */
async function makeAs(ctx: Ctx, given: InputOf<typeof createKeyContract>) {
  const parsed = createKeyContract.input.parse(given);
  if (ctx.actor.kind === "user") {
    const { id: userId, sessionId, email } = ctx.actor;
    const row = { id: userId, email, name: "A", role: "operator", passwordHash: "" };
    await controlDb().user.upsert({ where: { id: userId }, create: row, update: {} });
    const session = { id: sessionId, userId, tokenHash: sessionId, expiresAt: new Date(Date.now() + 60_000) };
    await controlDb().session.upsert({ where: { id: sessionId }, create: session, update: {} });
    const digest = digestOf("keys.create", parsed);
    const expiresAt = new Date(Date.now() + 60_000);
    await controlDb().stepUp.create({ data: { id: newId(new Date()), userId, sessionId, digest, expiresAt } });
  }
  return await perform(createKey, ctx, given);
}

/** A key's prefix and secret; the secret may hold the sign that stands between them. */
function partsOf(key: string): [prefix: string, secret: string] {
  const [, prefix = "", secret = ""] = /^tnt_([^_]+)_(.+)$/.exec(key) ?? [];
  return [prefix, secret];
}

/** Another last letter. */
const altered = (secret: string) => secret.slice(0, -1) + (secret.endsWith("A") ? "B" : "A");

describe("an API key", () => {
  test("is shown once and kept as a hash only", async () => {
    const { key, secret } = await make();
    expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
    const kept = JSON.stringify([await controlDb().apiKey.findMany(), await perform(listKeys, as("auditor"), {})]);
    expect(kept).not.toContain(partsOf(secret)[1]);
    const { rows } = await control.sql("SELECT input::text || coalesce(after::text, '') AS told FROM audit_events");
    expect(JSON.stringify(rows)).not.toContain(partsOf(secret)[1]);
    const answers = await controlDb().idempotencyKey.findMany();
    expect(JSON.stringify(answers)).not.toContain("tnt_");
  });

  test("is its holder's rights, no more", async () => {
    const scope = { kind: "tag" as const, values: ["b", "a", "a"] };
    const { key, secret } = await make({ scope, rateLimit: 5 });
    const actor = await holderOf(secret, "192.0.2.1", now);
    expect(actor).toMatchObject({
      kind: "key",
      id: key.id,
      name: "deploys",
      permissions: ["tenants:read"],
      rateLimit: 5,
    });
    expect(actor.scope).toEqual({ kind: "tag", values: ["a", "b"] });
    expect(await controlDb().apiKey.findUniqueOrThrow({ where: { id: key.id } })).toMatchObject({
      lastUsedAt: now,
      lastUsedAddress: "192.0.2.1",
    });
  });

  test("does not work once it has expired or was revoked, and its holder is told why", async () => {
    const one = await make({ expiresInDays: 1 });
    const other = await make({ expiresInDays: null });
    await perform(revokeKey, as("admin"), { id: other.key.id });
    await expect(holderOf(other.secret, null, now)).rejects.toThrow(/revoked/);
    await holderOf(one.secret, null, new Date(now.getTime() + 86_399_000));
    const later = new Date(now.getTime() + 86_400_000);
    await expect(holderOf(one.secret, null, later)).rejects.toThrow(/expired/);
    await expect(perform(revokeKey, as("admin"), { id: other.key.id })).rejects.toMatchObject({ code: "conflict" });
  });

  test("works from its addresses only", async () => {
    const { secret } = await make({ allowedAddresses: ["10.0.0.0/8", "2001:DB8::/32"] });
    await holderOf(secret, "10.1.2.3", now);
    await holderOf(secret, "2001:db8::5", now);
    await expect(holderOf(secret, "11.0.0.1", now)).rejects.toMatchObject({ code: "forbidden" });
    await expect(holderOf(secret, null, now)).rejects.toMatchObject({ code: "forbidden" });
    await expect(make({ allowedAddresses: ["10.0.0.0/99"] })).rejects.toMatchObject({ code: "invalid" });
  });

  test("with one letter changed, or of another key, is not known", async () => {
    const [one, other] = [await make(), await make()];
    const [prefix, secret] = partsOf(one.secret);
    const wrong = [
      `tnt_${prefix}_${partsOf(other.secret)[1]}`,
      `tnt_${prefix}_${altered(secret)}`,
      `tnt_aaaaaaaaaa_${secret}`,
      one.secret.toUpperCase(),
      `${one.secret}x`,
      "tnt_",
      "",
      "tnt_' OR 1=1 --_x",
    ];
    for (const key of wrong) await expect(holderOf(key, null, now)).rejects.toThrow("This API key is not known.");
  });

  test("is compared with a hash also when nobody has the prefix", () => {
    expect(secretMatches("anything", undefined)).toBe(false);
    expect(secretMatches("no key has this secret", undefined)).toBe(false);
  });

  test("can't have more rights than the person who makes it, nor reach more tenants", async () => {
    const scope = { kind: "region" as const, values: ["eu"] };
    const ctx = as("admin", { scope });
    // Making keys concerns the whole installation: whoever reaches only some tenants makes none.
    await expect(perform(createKey, ctx, input)).rejects.toMatchObject({ code: "forbidden" });
    const { actor } = as("admin");
    if (actor.kind !== "user") throw new Error("a person is meant");
    const few = as("nobody", { actor: { ...actor, permissions: ["keys:create", "tenants:read"] } });
    const given = { ...input, permissions: ["tenants:read" as const, "tenants:delete" as const] };
    await expect(makeAs(few, given)).rejects.toMatchObject({
      fields: { permissions: expect.stringContaining("tenants:delete") },
    });
    expect((await makeAs(few, input)).key.createdBy).toBe(actor.email);
  });
});

describe("a request's key", () => {
  const headers = (given: Record<string, string>) => (name: string) => given[name] ?? null;

  test.each([
    [{ authorization: "Bearer tnt_a" }, "tnt_a"],
    [{ authorization: "bearer   tnt_a" }, "tnt_a"],
    [{ "x-api-key": " tnt_b " }, "tnt_b"],
    [{ authorization: "Basic dXNlcjpwYXNz" }, undefined],
    [{ authorization: "Bearer tnt_a", "x-api-key": "tnt_a" }, "tnt_a"],
    [{}, undefined],
  ])("%j is %s", (given, key) => {
    expect(presentedKey(headers(given as Record<string, string>))).toBe(key);
  });

  test("must be one: two that differ are refused", () => {
    const two = headers({ authorization: "Bearer tnt_a", "x-api-key": "tnt_b" });
    expect(() => presentedKey(two)).toThrow(/two different/);
  });
});

test("the time a key's check takes says nothing of how much of it was right", async () => {
  const { secret } = await make();
  now = new Date(now.getTime() + 1);
  const [prefix, right] = partsOf(secret);
  const nearly = `tnt_${prefix}_${altered(right)}`;
  const far = `tnt_${prefix}_${"A".repeat(43)}`;
  const times: Record<string, number[]> = { [nearly]: [], [far]: [] };
  for (let index = 0; index < 200; index++) {
    for (const key of [nearly, far]) {
      const started = performance.now();
      await holderOf(key, null, now).catch(() => undefined);
      times[key]?.push(performance.now() - started);
    }
  }
  const [one = 0, other = 0] = Object.values(times).map((list) => list.sort((a, b) => a - b)[100] ?? 0);
  // The database's answer is most of it; a comparison that stops early would differ by nanoseconds only, and none does.
  expect(Math.max(one, other) / Math.min(one, other)).toBeLessThan(2);
});

describe("who asks", () => {
  test("is told with the rights and the limit that they have", async () => {
    const key = await make({ name: "a caller", expiresInDays: 1, rateLimit: 7 });
    const actor = await holderOf(key.secret, null, now);
    const told = await perform(showCaller, { ...as("nobody", { now: () => now }), actor }, {});
    const expiresAt = new Date(now.getTime() + 86_400_000).toISOString();
    expect(told).toEqual({
      ...{ kind: "key", name: "key a caller", permissions: ["tenants:read"], scope: { kind: "all" } },
      ...{ requestsPerMinute: 7, expiresAt },
    });
    const person = await perform(showCaller, as("viewer", { scope: { kind: "plan", values: ["team"] } }), {});
    expect(person).toMatchObject({ kind: "user", scope: { kind: "plan", values: ["team"] }, requestsPerMinute: 1200 });
  });

  test("may do nothing before a second factor, and nothing as nobody", async () => {
    for (const who of ["first-factor", "nobody"] as const) {
      expect(await perform(showCaller, as(who), {})).toMatchObject({ permissions: [] });
    }
    expect(await perform(showCaller, as("system"), {})).toMatchObject({ permissions: null, requestsPerMinute: null });
  });
});

describe("an API key is changed", () => {
  const edit = (ctx: Ctx, id: string, input: object) =>
    controlDb().$transaction((db) => editKey.run({ ...ctx, db }, { id, ...input }));

  test("in its name, addresses, limit and end, and in nothing that it may do", async () => {
    const { key } = await make();
    const addresses = ["10.0.0.0/8"];
    const changed = await edit(as("system", { now: () => now }), key.id, {
      ...{ name: "robots", expiresInDays: 1, allowedAddresses: addresses, rateLimit: 30 },
    });
    expect(changed).toEqual({
      ...{ ...key, name: "robots", allowedAddresses: addresses, rateLimit: 30 },
      expiresAt: new Date(now.getTime() + 86_400_000).toISOString(),
    });
    expect(await edit(as("system", { now: () => now }), key.id, { expiresInDays: null })).toMatchObject({
      ...{ name: "robots", expiresAt: null },
    });
  });

  test("by nobody who has fewer rights than it, and not once it is over", async () => {
    const { key } = await make({ permissions: ["tenants:read", "tenants:delete"], expiresInDays: 1 });
    const given = { expiresInDays: 3650 };
    await expect(edit(as("operator", { now: () => now }), key.id, given)).rejects.toMatchObject({
      ...{ code: "forbidden", fields: { permissions: expect.stringContaining("tenants:delete") } },
    });
    const part = as("admin", { now: () => now, scope: { kind: "region", values: ["eu"] } });
    await expect(edit(part, key.id, given)).rejects.toMatchObject({ fields: { scope: expect.any(String) } });
    const later = () => new Date(now.getTime() + 2 * 86_400_000);
    await expect(edit(as("admin", { now: later }), key.id, given)).rejects.toMatchObject({
      ...{ code: "conflict", message: expect.stringContaining("expired") },
    });
  });
});

test("keys are listed by state, search and order, those that work first", async () => {
  await control.sql("TRUNCATE api_keys");
  const [, revoked] = [
    await make({ name: "b" }),
    await make({ name: "A" }),
    await make({ name: "c", expiresInDays: 1 }),
  ];
  await perform(revokeKey, as("system", { now: () => now }), { id: revoked.key.id });
  const later = () => new Date(now.getTime() + 2 * 86_400_000);
  const names = async (input: object) =>
    (await perform(listKeys, as("auditor", { now: later }), input)).keys.map(({ name }) => name);
  expect((await names({})).at(-1)).toBe("A");
  expect(await names({ sort: "name" })).toEqual(["A", "b", "c"]);
  expect(await names({ sort: "name", order: "desc" })).toEqual(["c", "b", "A"]);
  expect(await names({ state: ["active"] })).toEqual(["b"]);
  expect(await names({ state: ["expired", "revoked"], sort: "name" })).toEqual(["A", "c"]);
  expect(await names({ search: "TNT_" })).toHaveLength(3);
  expect(await names({ search: "%" })).toEqual([]);
});
