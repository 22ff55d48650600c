import { join } from "node:path";
import { NextRequest } from "next/server";
import { contracts } from "@/lib/contracts";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type Permission, permissions } from "@/lib/kernel/permissions";
import { everything, type Scope } from "@/lib/kernel/scope";
import { createKey } from "@/lib/keys/create-key";
import { controlDb } from "@/lib/platform/prisma";
import type { Handler } from "./methods";
import { routeOf } from "./testing";

export type Question = { headers?: Record<string, string>; body?: BodyInit | object };

/** Sends a request through the very handler that the web server calls for this path and query. */
export async function ask(method: string, address: string, { headers = {}, body }: Question = {}): Promise<Response> {
  const url = new URL(address, "http://localhost:3000");
  const { file, params } = servedBy(url.pathname);
  const handlers = (await import(/* @vite-ignore */ join(process.cwd(), file))) as Record<string, Handler>;
  const plain = typeof body === "string" || body instanceof Uint8Array || body === undefined;
  const request = new NextRequest(url, {
    method,
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: plain ? (body as BodyInit) : JSON.stringify(body) }),
  });
  const handler = handlers[method];
  if (!handler) throw new Error(`${file} has no ${method}`);
  return await handler(request, { params: Promise.resolve(params) });
}

/** The route's file and parameters for a path: of a word that stands in the path over a parameter. */
function servedBy(path: string): { file: string; params: Record<string, string> } {
  const paths = [...new Set(contracts.map((one): string => one.path))];
  const matches = paths.flatMap((pattern) => {
    const found = new RegExp(`^${pattern.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(path);
    return found ? [{ pattern, params: { ...found.groups } as Record<string, string> }] : [];
  });
  const match = matches.sort((one, other) => Object.keys(one.params).length - Object.keys(other.params).length)[0];
  if (!match) return { file: "app/api/tenancy/[...unknown]/route.ts", params: {} };
  const { file, settled } = routeOf(match.pattern);
  const decoded = Object.entries(match.params).map(([name, value]) => [name, decodeURIComponent(value)]);
  return { file, params: { ...Object.fromEntries(decoded), ...settled } };
}

/** The header of a new key with any rights, also such as no key can be given: refusals are then by more than the form. */
export async function keyHeader(
  wanted: readonly Permission[] = permissions,
  scope: Scope = everything,
): Promise<{ authorization: string }> {
  const rights = { permissions: ["tenants:read" as const], scope, rateLimit: 1_000_000 };
  const { key, secret } = await perform(createKey, as("system"), { name: "test", ...rights });
  await controlDb().apiKey.update({ where: { id: key.id }, data: { permissions: [...wanted] } });
  return { authorization: `Bearer ${secret}` };
}
