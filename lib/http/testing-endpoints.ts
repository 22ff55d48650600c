import { existsSync } from "node:fs";
import { join } from "node:path";
import { NextRequest } from "next/server";
import { expect } from "vitest";
import { contracts } from "@/lib/contracts";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Contract } from "@/lib/kernel/contract";
import { newId } from "@/lib/kernel/ids";
import type { Permission } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { createKey } from "@/lib/keys/create-key";
import { claimRemote, remoteHeader } from "@/lib/platform/front-token";
import { controlDb } from "@/lib/platform/prisma";
import { routeOf } from "./testing";

/** What a body of JSON is sent with. */
export const json = { "content-type": "application/json" };
const isKey = (headers: object) => "authorization" in headers || "x-api-key" in headers;
let asked = 0;
/** From an address that has not asked often: the door counts what each stranger asks in a minute. */
const elsewhere = () => ({ [remoteHeader]: claimRemote(`198.51.100.${Math.floor(asked++ / 50)}`) });

export type Handler = (request: NextRequest, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

/** Sends a request through the very handler that the web server calls. */
export async function send(
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
export async function keyWith(
  wanted: readonly Permission[],
  scope: Scope = everything,
): Promise<{ id: string; secret: string }> {
  const { key, secret } = await perform(createKey, as("system"), {
    ...{ name: "test", permissions: ["tenants:read"], scope, rateLimit: 1_000_000 },
  });
  await controlDb().apiKey.update({ where: { id: key.id }, data: { permissions: [...wanted] } });
  return { id: key.id, secret };
}

/** The headers of who has a key. */
export const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });

const guarded = contracts.filter(({ access }) => access !== "public");
/** Every endpoint that is not public, by its method and path. */
export const each = guarded.map((one) => [`${one.method} ${one.path}`, one] as const);
