import { expect } from "vitest";
import { compatPath } from "@/lib/compat/contract-endpoint";
import { compatContracts } from "@/lib/compat/contract-endpoints";
import { newId } from "@/lib/kernel/ids";
import { ask, type Question } from "./testing-door";

export const base = compatPath;

export type Envelope = {
  success: boolean;
  data?: Record<string, unknown>;
  message?: string;
  error?: string;
  code?: number;
  errors?: Record<string, string[]>;
  reason?: string;
};

/** For tests: what is answered, after checks of what every envelope has. */
export async function envelopeOf(response: Response, status: number): Promise<Envelope> {
  const envelope = (await response.json()) as Envelope & { timestamp: string; request_id?: string };
  expect(response.status, JSON.stringify(envelope)).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("x-request-id")).toBeTruthy();
  expect(Number.isNaN(Date.parse(envelope.timestamp))).toBe(false);
  expect(envelope.success).toBe(status < 400);
  if (status < 400) return envelope;
  expect(envelope).toMatchObject({ code: status, error: expect.any(String), message: expect.any(String) });
  expect(envelope.request_id).toBe(response.headers.get("x-request-id"));
  for (const words of Object.values(envelope.errors ?? {})) expect(words).toEqual([expect.any(String)]);
  return envelope;
}

/** For tests: every endpoint of artflow's, by its method and path. */
export const each = compatContracts.map((one) => [`${one.method} ${one.path.slice(base.length)}`, one] as const);
/** For tests: a path with its ids filled in. */
export const filled = (path: string, id: string) => path.replace("{id}", id).replace("{domain}", newId(new Date()));

/** For tests: what each endpoint needs to do its work; the others need nothing. */
export const inputs: Record<string, Record<string, unknown>> = {
  "compat.tenants.create": { name: "New Company", domain: "newco.localhost", run_migrations: true, settings: { a: 1 } },
  "compat.tenants.store": { name: "Other Company", domain: "shop.other-co.example", status: "active" },
  "compat.tenants.update": { name: "Renamed", notes: "x" },
  "compat.tenants.status": { status: "suspended" },
  "compat.domains.create": { domain: "shop.acme.example" },
  "compat.tenants.remove": { confirm: "slug" },
  "compat.tenants.reset": { confirm: "slug" },
  "compat.bulk.status": { status: "inactive" },
};

/** For tests: asks an endpoint with an input where its method has it. */
export function send(method: string, path: string, input: Record<string, unknown>, headers: Question["headers"]) {
  if (method !== "GET" && method !== "DELETE") return ask(method, path, { headers: headers ?? {}, body: input });
  const query = new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]));
  return ask(method, `${path}?${query}`, { headers: headers ?? {} });
}
