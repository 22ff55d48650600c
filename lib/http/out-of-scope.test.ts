import { join } from "node:path";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "@/lib/contracts";
import type { Contract } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import { permissions } from "@/lib/kernel/permissions";
import type { Scope } from "@/lib/kernel/scope";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { routeOf } from "./testing";
import { bearer, each, type Handler, json, keyWith, send } from "./testing-endpoints";

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
