import { existsSync } from "node:fs";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "@/lib/contracts";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Contract } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import { type Permission, permissions } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { createKey } from "@/lib/keys/create-key";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { claimRemote, remoteHeader } from "@/lib/platform/front-token";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { routeOf } from "./testing";

let control: TestControl;
let theirs: TestTenant;
const mine: Scope = { kind: "tag", values: ["mine"] };

beforeAll(async () => {
  control = await testControl();
  theirs = await control.makeTenant("theirs");
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

const json = { "content-type": "application/json" };
const isKey = (headers: object) => "authorization" in headers || "x-api-key" in headers;
let asked = 0;
/** From an address that has not asked often: the door counts what each stranger asks in a minute. */
const elsewhere = () => ({ [remoteHeader]: claimRemote(`198.51.100.${Math.floor(asked++ / 50)}`) });

type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Sends a request through the very handler that the web server calls. */
async function send(
  one: Contract,
  headers: Record<string, string> = {},
  id: string = newId(new Date()),
): Promise<Response> {
  const { file, settled } = routeOf(one.path);
  expect(existsSync(file)).toBe(true);
  const handlers = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, Handler>;
  const names = [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
  const params = Object.fromEntries(names.map((name) => [name, name === "id" ? id : "some-name"]));
  const path = one.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
  const writes = one.method !== "GET" && one.method !== "DELETE";
  const request = new NextRequest(`http://localhost:3000${path}`, {
    method: one.method,
    headers: { ...(!isKey(headers) && elsewhere()), ...headers, ...(writes && json) },
    ...(writes && { body: "{}" }),
  });
  const handler = handlers[one.method];
  if (!handler) throw new Error(`${one.method} ${one.path} has no handler`);
  return await handler(request, { params: Promise.resolve({ ...params, ...settled }) });
}

/** A key with any rights, also such as no key can be given: what is refused then is refused by more than the form. */
async function keyWith(
  wanted: readonly Permission[],
  scope: Scope = everything,
): Promise<{ id: string; secret: string }> {
  const { key, secret } = await perform(createKey, as("system"), {
    ...{ name: "test", permissions: ["tenants:read"], scope, rateLimit: 1_000_000 },
  });
  await controlDb().apiKey.update({ where: { id: key.id }, data: { permissions: [...wanted] } });
  return { id: key.id, secret };
}

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
const guarded = contracts.filter(({ access }) => access !== "public");
const each = guarded.map((one) => [`${one.method} ${one.path}`, one] as const);

describe("every endpoint that is not public", () => {
  test.each(each)("%s answers nobody with 401", async (_, one) => {
    const response = await send(one);
    expect(response.status).toBe(401);
    // OTLP and artflow have forms of their own for errors.
    const form =
      one.path === "/v1/metrics" || one.path.startsWith("/api/tenancy/compat/")
        ? "application/json"
        : "application/problem+json";
    expect(response.headers.get("content-type")).toBe(form);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-request-id")).toBeTruthy();
  });

  test.each(each)("%s answers a made-up session with 401", async (_, one) => {
    expect((await send(one, { cookie: "next-auth.session-token=made-up" })).status).toBe(401);
  });

  test("answers an expired key, a revoked key and one that is unknown with 401, and the trail has it", async () => {
    const [expired, revoked] = [await keyWith(permissions), await keyWith(permissions)];
    await controlDb().apiKey.update({ where: { id: expired.id }, data: { expiresAt: new Date(0) } });
    await controlDb().apiKey.update({ where: { id: revoked.id }, data: { revokedAt: new Date() } });
    // Addresses that have not asked before: of each stranger the trail takes so many refusals a minute, the door requests.
    const from = (index: number) => `192.0.2.${77 + Math.floor(index / 50)}`;
    for (const [index, [, one]] of each.entries()) {
      for (const secret of [expired.secret, revoked.secret, `${expired.secret.slice(0, -1)}_`]) {
        const headers = { ...bearer(secret), [remoteHeader]: claimRemote(from(index)) };
        expect((await send(one, headers)).status, one.id).toBe(401);
      }
    }
    const told = await controlDb().auditEvent.findMany({ where: { ipAddress: from(0), outcome: "refused" } });
    expect(told.length).toBeGreaterThanOrEqual(20);
    const reasons = ["This API key has expired.", "This API key was revoked.", "This API key is not known."];
    expect([...new Set(told.map(({ reason }) => reason))].sort()).toEqual(reasons.sort());
  }, 120_000);

  test.each(each.filter(([, one]) => one.access.includes(":")))(
    "%s answers a key that lacks its permission with 403, and the trail has it",
    async (_, one) => {
      const { id, secret } = await keyWith(permissions.filter((permission) => permission !== one.access));
      expect((await send(one, bearer(secret))).status).toBe(403);
      const event = await controlDb().auditEvent.findFirst({ where: { actorId: id }, orderBy: { id: "desc" } });
      expect(event).toMatchObject({ operation: one.id, outcome: "refused", actorKind: "key" });
    },
  );

  test.each(each.filter(([, one]) => one.access.includes(":") && !one.scoped))(
    "%s, which concerns the whole installation, answers a key for some tenants with 403",
    async (_, one) => {
      const { secret } = await keyWith(permissions, mine);
      expect((await send(one, { "x-api-key": secret })).status).toBe(403);
    },
  );

  test.each(each.filter(([, one]) => !one.access.includes(":")))(
    "%s is no business of a key's: 403",
    async (_, one) => {
      const { secret } = await keyWith(permissions);
      expect((await send(one, bearer(secret))).status).toBe(403);
    },
  );
});

describe("a tenant out of the caller's scope", () => {
  // What no key may do is refused before anybody looks at the tenant.
  const ofTenants = each.filter(
    ([, { path, stepUp }]) => path.startsWith("/api/tenancy/tenants/{id}") && stepUp !== true,
  );

  test.each(ofTenants)("%s does not exist, and the trail knows that it was asked for", async (_, one) => {
    const { id, secret } = await keyWith(permissions, mine);
    const valid: Record<string, object> = {
      "tenants.edit": { version: 1, name: "Mine now" },
      "tenants.setStatus": { status: "suspended" },
      "domains.add": { hostname: "shop.example.com" },
      "domains.vouch": { reason: "It is theirs by contract." },
      "tenants.run.rollback": { migration: "20261121163100_page_views" },
      "tenants.run.set-plan": { plan: "business" },
      "tenants.run.set-limits": { storageMb: 100 },
      "tenants.editSettings": { limits: { storageMb: 100 } },
      "tenants.run.import-data": { run: newId(new Date()) },
      "tenants.run.tag": { add: ["mine"] },
    };
    const response = await sendBody(one, bearer(secret), theirs.id, valid[one.id] ?? {});
    expect(response.status).toBe(404);
    const unknown = await sendBody(one, bearer(secret), newId(new Date()), valid[one.id] ?? {});
    const [told, other] = [await response.json(), await unknown.json()] as { requestId: string }[];
    expect({ ...told, requestId: "" }).toEqual({ ...other, requestId: "" });
    const event = await controlDb().auditEvent.findFirst({ where: { actorId: id }, orderBy: { id: "asc" } });
    expect(event).toMatchObject({ operation: one.id, outcome: "refused", target: theirs.id });
    expect(await controlDb().tenant.findUniqueOrThrow({ where: { id: theirs.id } })).toMatchObject({
      name: "theirs",
      status: "active",
    });
  });

  test("is in no list, count, timeline or stream", async () => {
    const { secret } = await keyWith(permissions, mine);
    await controlDb().tenantActivity.create({
      data: { tenantId: theirs.id, activityType: "created", description: "x", actor: "x" },
    });
    const lists = ["tenants.list", "tenants.facets", "tenants.export", "activities.list"];
    for (const id of [...lists, "metrics.overview", "servers.list"]) {
      const one = contracts.find((contract) => contract.id === id);
      if (!one) throw new Error(`${id} is gone`);
      const response = await send(one, bearer(secret));
      expect(response.status).toBe(200);
      const text = await response.text();
      expect(text, id).not.toContain(theirs.id);
      if (id === "tenants.facets") expect(JSON.parse(text)).toEqual({ regions: [], plans: [], tags: [] });
      if (id === "metrics.overview") expect(JSON.parse(text)).toMatchObject({ tenants: 0, totals: {} });
      if (id === "servers.list") expect(JSON.parse(text).servers[0].tenants).toBe(0);
    }
    const stream = contracts.find(({ id }) => id === "live.stream");
    if (!stream) throw new Error("the stream is gone");
    const query = { ...stream, path: `${stream.path}` as const };
    expect((await send(query, { cookie: "" })).status).toBe(401);
  });

  /** The tenant's path with a body or query that would be accepted, were the tenant in reach. */
  async function sendBody(one: Contract, headers: Record<string, string>, id: string, body: object): Promise<Response> {
    const { file, settled } = routeOf(one.path);
    const handlers = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, Handler>;
    const writes = one.method !== "GET" && one.method !== "DELETE";
    const inQuery = {
      ...(one.method === "DELETE" && { confirm: "theirs" }),
      ...(one.method === "GET" && { range: "1h" }),
    };
    const known = Object.entries(inQuery).filter(
      ([name]) => one.input instanceof z.ZodObject && name in one.input.shape,
    );
    const query = new URLSearchParams(known);
    const names = [...one.path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
    const params = Object.fromEntries(names.map((name) => [name, name === "id" ? id : newId(new Date())]));
    const path = one.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? "");
    const request = new NextRequest(`http://localhost:3000${path}?${query}`, {
      method: one.method,
      headers: { ...headers, ...(writes && json) },
      ...(writes && { body: JSON.stringify(body) }),
    });
    const handler = handlers[one.method];
    if (!handler) throw new Error(`${one.method} ${one.path} has no handler`);
    return await handler(request, { params: Promise.resolve({ ...params, ...settled }) });
  }
});

describe("the door", () => {
  const list = contracts.find(({ id }) => id === "tenants.list") as Contract;
  const create = contracts.find(({ id }) => id === "tenants.create") as Contract;

  test("tells where the caller stands, and answers 429 beyond the limit", async () => {
    const { id, secret } = await keyWith(["tenants:read"]);
    await controlDb().apiKey.update({ where: { id }, data: { rateLimit: 2 } });
    const answers = [
      await send(list, bearer(secret)),
      await send(list, bearer(secret)),
      await send(list, bearer(secret)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[0]?.headers.get("ratelimit-policy")).toBe('"key";q=2;w=60');
    expect(answers[0]?.headers.get("ratelimit")).toMatch(/^"key";r=1;t=\d+$/);
    expect(answers[2]?.headers.get("ratelimit")).toMatch(/^"key";r=0;t=\d+$/);
    expect(Number(answers[2]?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("counts requests about one tenant together, whoever sends them", async () => {
    const [one, other] = [await keyWith(["tenants:read"]), await keyWith(["tenants:read"])];
    const show = contracts.find(({ id }) => id === "tenants.show") as Contract;
    const first = await send(show, bearer(one.secret), theirs.id);
    const second = await send(show, bearer(other.secret), theirs.id);
    const left = (response: Response) => Number(/"tenant";r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1]);
    expect(left(second)).toBe(left(first) - 1);
    const stranger = await keyWith(["tenants:read"], mine);
    const refused = await send(show, bearer(stranger.secret), theirs.id);
    expect(refused.status).toBe(404);
    expect(refused.headers.get("ratelimit")).not.toContain("tenant");
    expect(left(await send(show, bearer(one.secret), theirs.id))).toBe(left(first) - 2);
  });

  test("tells a program that an id is none, whatever its length", async () => {
    const { secret } = await keyWith(["tenants:read"]);
    const show = contracts.find(({ id }) => id === "tenants.show") as Contract;
    for (const id of ["-".repeat(36), "0".repeat(36), "x"])
      expect((await send(show, bearer(secret), id)).status, id).toBe(422);
  });

  test("answers 404 for an action that there is not", async () => {
    const plan = contracts.find(({ id }) => id === "bulk.plan.suspend") as Contract;
    const { secret } = await keyWith(permissions);
    expect((await send(plan, bearer(secret))).status).toBe(422);
    for (const word of ["bulk-nothing", "suspend", "bulk-"]) {
      const path = `/api/tenancy/actions/${word}` as const;
      expect((await send({ ...plan, path }, bearer(secret))).status, word).toBe(404);
    }
  });

  test("carries out no change that another site's page asks for, key or no key in a cookie", async () => {
    for (const headers of [
      { origin: "https://evil.example" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ]) {
      const response = await send(create, { ...headers, cookie: "next-auth.session-token=x" } as Record<
        string,
        string
      >);
      expect(response.status).toBe(403);
    }
  });

  test("keeps out whom the IP rules keep out, before anything is looked at", async () => {
    const { secret } = await keyWith(permissions);
    const data = { network: "10.0.0.0/8", action: "allow", area: "api", createdBy: "test", id: newId(new Date()) };
    await controlDb().ipRule.create({ data });
    const refused = await send(list, bearer(secret));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ reason: "address_refused" });
    expect((await send(list, {})).status).toBe(401);
    await controlDb().ipRule.update({ where: { id: data.id }, data: { area: "console" } });
    expect((await send(list, bearer(secret))).status).toBe(200);
    expect((await send(list, {})).status).toBe(403);
    await controlDb().ipRule.delete({ where: { id: data.id } });
  });

  test("believes no forwarding header of a stranger, and no copy of the front's own", async () => {
    const { id, secret } = await keyWith(["tenants:read"]);
    await send(list, {
      ...bearer(secret),
      "x-forwarded-for": "192.0.2.66",
      forwarded: "for=192.0.2.66",
      "x-real-ip": "192.0.2.66",
    });
    expect((await controlDb().apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAddress).toBeNull();
  });
});
