import { afterEach, expect, test, vi } from "vitest";
import { createTenantContract, listTenantsContract, showTenantContract } from "@/lib/tenants/contract";
import { tenantStatuses } from "@/lib/tenants/shapes";
import { CallError, call } from "./call";

afterEach(() => vi.unstubAllGlobals());

const id = "0190b5b0-0000-7000-8000-000000000001";

function answer(status: number, body: unknown) {
  const fetched = vi.fn(async (_url: string, _init: RequestInit) => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

test("a reading call puts its input into path and query, lists as repeated keys", async () => {
  const counts = Object.fromEntries(tenantStatuses.map((status) => [status, 0]));
  const fetched = answer(200, { tenants: [], total: 0, counts, next: null });
  await call(listTenantsContract, { search: "a b", status: ["active", "failed"] });
  expect(fetched.mock.calls[0]?.[0]).toBe("/api/tenancy/tenants?search=a+b&status=active&status=failed");
});

test("a problem becomes an error with its code, fields and request id", async () => {
  answer(404, { code: "not_found", detail: "There is no such tenant.", requestId: "r1", errors: { id: "unknown" } });
  const error = await call(showTenantContract, { id }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CallError);
  expect(error).toMatchObject({ code: "not_found", message: "There is no such tenant.", requestId: "r1" });
  expect((error as CallError).fields).toEqual({ id: "unknown" });
});

test("an answer that is no problem document is told by its status", async () => {
  answer(503, "<html>");
  await expect(call(showTenantContract, { id })).rejects.toMatchObject({ code: "unavailable" });
});

test("a POST carries its Idempotency-Key", async () => {
  const fetched = answer(500, {});
  await call(createTenantContract, { name: "A", slug: "abc", serverId: id }, { idempotencyKey: "k" }).catch(() => null);
  expect(new Headers(fetched.mock.calls[0]?.[1].headers).get("idempotency-key")).toBe("k");
});

test("no network is said as unavailable", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
  await expect(call(showTenantContract, { id })).rejects.toMatchObject({ code: "unavailable" });
});
