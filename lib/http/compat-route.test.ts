import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compatContracts } from "@/lib/compat/api/endpoints";
import { newId } from "@/lib/kernel/ids";
import { permissions } from "@/lib/kernel/permissions";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { compatRoutes } from "./compat-route";
import { ask, keyHeader, type Question } from "./testing-door";

let control: TestControl;
let headers: Record<string, string>;
let tenant: TestTenant;
const base = "/api/tenancy/compat";

beforeAll(async () => {
  control = await testControl();
  headers = await keyHeader();
  tenant = await control.makeTenant("acme");
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

type Envelope = {
  success: boolean;
  data?: Record<string, unknown>;
  message?: string;
  error?: string;
  code?: number;
  errors?: Record<string, string[]>;
  reason?: string;
};

/** What is answered, after checks of what every envelope has. */
async function envelopeOf(response: Response, status: number): Promise<Envelope> {
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

const each = compatContracts.map((one) => [`${one.method} ${one.path.slice(base.length)}`, one] as const);
const filled = (path: string, id: string) => path.replace("{id}", id).replace("{domain}", newId(new Date()));

describe("every endpoint answers in artflow's envelope", () => {
  test.each(each)("%s: 401 to nobody, with words on where a key goes", async (_, { method, path }) => {
    const { message } = await envelopeOf(await ask(method, filled(path, tenant.id)), 401);
    expect(message).toMatch(/X-API-Key/);
  });

  test.each(each)("%s: 403 to a key that lacks its permission", async (_, { method, path, access }) => {
    const lacking = await keyHeader(permissions.filter((permission) => permission !== access));
    const { message } = await envelopeOf(await ask(method, filled(path, tenant.id), { headers: lacking }), 403);
    expect(message).toContain(access);
  });

  test.each(each.filter(([, { path }]) => path.includes("{id}")))(
    "%s: 422 for what is no id, by field",
    async (_, { method, path }) => {
      const { errors } = await envelopeOf(await ask(method, filled(path, "5"), { headers }), 422);
      expect(errors?.id).toEqual(["This is not a tenant's id."]);
    },
  );

  test.each(each.filter(([, { path }]) => path.includes("{id}")))(
    "%s: 404 for an unknown tenant, and for one out of reach",
    async (_, { id, method, path }) => {
      if (id.startsWith("compat.notOffered.")) return;
      const given = inputs[id] ?? {};
      const unknown = newId(new Date());
      await envelopeOf(await send(method, filled(path, unknown), given, headers), 404);
      const elsewhere = await keyHeader(permissions, { kind: "region", values: ["elsewhere"] });
      await envelopeOf(await send(method, filled(path, tenant.id), given, elsewhere), 404);
    },
  );

  test.each(each.filter(([, { method }]) => method !== "DELETE" && method !== "GET"))(
    "%s: 422 for a field that nobody knows",
    async (_, { method, path, id }) => {
      const body = { ...inputs[id], colour: "blue" };
      const { errors } = await envelopeOf(await ask(method, filled(path, tenant.id), { headers, body }), 422);
      expect(errors?.colour).toBeDefined();
    },
  );
});

/** What each endpoint needs to do its work; the others need nothing. */
const inputs: Record<string, Record<string, unknown>> = {
  "compat.tenants.create": { name: "New Company", domain: "newco.localhost", run_migrations: true, settings: { a: 1 } },
  "compat.tenants.store": { name: "Other Company", domain: "shop.other-co.example", status: "active" },
  "compat.tenants.update": { name: "Renamed", notes: "x" },
  "compat.tenants.status": { status: "suspended" },
  "compat.domains.create": { domain: "shop.acme.example" },
  "compat.tenants.remove": { confirm: "slug" },
  "compat.tenants.reset": { confirm: "slug" },
  "compat.bulk.status": { status: "inactive" },
};

function send(method: string, path: string, input: Record<string, unknown>, given: Question["headers"] = headers) {
  if (method !== "GET" && method !== "DELETE") return ask(method, path, { headers: given ?? {}, body: input });
  const query = new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value)]));
  return ask(method, `${path}?${query}`, { headers: given ?? {} });
}

describe("what is asked for is done", () => {
  let made = 0;
  const fresh = async () => await control.makeTenant(`fresh-${made++}`);
  const rowOf = (id: string) => controlDb().tenant.findUniqueOrThrow({ where: { id }, include: { domains: true } });
  const plain = each.filter(([, { id }]) => !/notOffered|domains\.remove/.test(id));

  test.each(plain)("%s: its status and data, which are what its contract says", async (_, one) => {
    const { id, slug } = await fresh();
    const input = { ...inputs[one.id] };
    if ("confirm" in input) input.confirm = slug;
    if (one.id === "compat.bulk.status") input.tenant_ids = [id];
    if (one.id === "compat.bulk.maintenance-off")
      await control.sql(
        "INSERT INTO tenant_maintenance (tenant_id, message, allow, bypass_hash, retry_after, started_at, started_by) VALUES ($1, 'x', '{}', 'x', 60, now(), 'x')",
        [id],
      );
    const answer = await envelopeOf(await send(one.method, filled(one.path, id), input), one.status ?? 200);
    expect(one.output.safeParse(answer).error).toBeUndefined();
  });

  test("a list has Laravel's pages", async () => {
    const { data } = await envelopeOf(
      await ask("GET", `${base}/tenancy/tenants?per_page=1&page=2&sort=name&order=asc`, { headers }),
      200,
    );
    const total = await controlDb().tenant.count({ where: { deletedAt: null } });
    expect(data).toMatchObject({ current_page: 2, per_page: 1, from: 2, to: 2, total, last_page: total });
    expect(data?.data).toHaveLength(1);
    const past = await envelopeOf(await ask("GET", `${base}/tenancy/tenants?page=9999`, { headers }), 200);
    expect(past.data).toMatchObject({ data: [], from: null, to: null });
    await envelopeOf(await ask("GET", `${base}/tenancy/tenants?per_page=101`, { headers }), 422);
  });

  test("a tenant is made on the only server, with the slug of its host; what has no place here is named", async () => {
    const body = { name: "Placed", domain: "placed.localhost", notes: "n", settings: { a: 1 } };
    const { data } = await envelopeOf(await ask("POST", `${base}/tenancy/tenants/create`, { headers, body }), 201);
    expect(data).toMatchObject({ slug: "placed", status: "provisioning", ignored: ["notes", "settings"] });
    const taken = await envelopeOf(await ask("POST", `${base}/tenancy/tenants/create`, { headers, body }), 409);
    expect(taken.errors).toEqual({ domain: ["Another tenant has this slug."] });
    const named = { ...body, domain: "elsewhere.localhost", database_name: "mine" };
    expect(
      (await envelopeOf(await ask("POST", `${base}/tenancy/tenants`, { headers, body: named }), 422)).errors,
    ).toEqual({
      database_name: [expect.stringMatching(/Adopt/)],
    });
  });

  test("connections are counted on the servers now, not made up", async () => {
    const { data } = await envelopeOf(await ask("GET", `${base}/tenancy/connection-stats`, { headers }), 200);
    const { rows } = await control.sql("SHOW max_connections");
    expect(data?.max_connections).toBe(Number(rows[0].max_connections));
    expect(data?.total_connections).toBeGreaterThan(0);
    expect(data?.active_connections).toBeGreaterThan(0);
  });

  test("a status is set, in PostgreSQL too, and set again without an error", async () => {
    const one = await fresh();
    for (const round of [1, 2]) {
      const { data } = await envelopeOf(await ask("POST", `${base}/tenancy/tenants/${one.id}/block`, { headers }), 200);
      expect(data, `round ${round}`).toMatchObject({ status: "blocked" });
    }
    const { rows } = await control.sql("SELECT rolcanlogin FROM pg_roles WHERE rolname = $1", [one.role]);
    expect(rows).toEqual([{ rolcanlogin: false }]);
    const event = await controlDb().auditEvent.findFirst({ where: { target: one.id }, orderBy: { id: "asc" } });
    expect(event).toMatchObject({ operation: "compat.tenants.block", outcome: "done", after: { status: "blocked" } });
  });

  test("a status in an update takes the right to set one", async () => {
    const one = await fresh();
    const lacking = await keyHeader(["tenants:read", "tenants:update"]);
    const body = { name: "Half", status: "blocked" };
    await envelopeOf(await ask("PUT", `${base}/tenancy/tenants/${one.id}`, { headers: lacking, body }), 403);
    expect(await rowOf(one.id)).toMatchObject({ name: one.slug, status: "active" });
    await envelopeOf(await ask("PUT", `${base}/tenancy/tenants/${one.id}`, { headers, body }), 200);
    expect(await rowOf(one.id)).toMatchObject({ name: "Half", status: "blocked" });
  });

  test("nothing is deleted or reset without its slug", async () => {
    const one = await fresh();
    const path = `${base}/tenancy/tenants/${one.id}`;
    for (const query of ["", "?confirm=", "?confirm=other"]) {
      const { errors } = await envelopeOf(await ask("DELETE", path + query, { headers }), 422);
      expect(errors?.confirm).toBeDefined();
    }
    await envelopeOf(await ask("POST", `${path}/reset`, { headers, body: { confirm: true } }), 422);
    await envelopeOf(await ask("POST", `${path}/reset`, { headers, body: { confirm: "other" } }), 422);
    expect(await rowOf(one.id)).toMatchObject({ status: "active" });
    expect(await controlDb().bulkItem.count({ where: { tenantId: one.id } })).toBe(0);
    await envelopeOf(await ask("DELETE", `${path}?confirm=${one.slug}`, { headers }), 200);
    expect(await rowOf(one.id)).toMatchObject({ status: "deleted" });
  });

  test("a domain is added, listed and removed by its id", async () => {
    const one = await fresh();
    const path = `${base}/tenancy/tenants/${one.id}/domains`;
    const body = { domain: "Shop.Domains.example" };
    const { data } = await envelopeOf(await ask("POST", `${path}/create`, { headers, body }), 201);
    expect(data).toMatchObject({ domain: "shop.domains.example", tenant_id: one.id, is_primary: false });
    const bad = await ask("POST", `${path}/create`, { headers, body: { domain: "no domain" } });
    expect((await envelopeOf(bad, 422)).errors).toEqual({ domain: [expect.stringMatching(/not a domain name/)] });
    expect((await envelopeOf(await ask("GET", path, { headers }), 200)).data).toHaveLength(1);
    await envelopeOf(await ask("DELETE", `${path}/${String(data?.id)}`, { headers }), 200);
    expect((await rowOf(one.id)).domains).toEqual([]);
    await envelopeOf(await ask("DELETE", `${path}/${String(data?.id)}`, { headers }), 404);
  });

  test("what concerns many is planned and waits for a person", async () => {
    const one = await fresh();
    const body = { tenant_uuids: [one.id], status: "blocked" };
    const { data } = await envelopeOf(await ask("PUT", `${base}/tenancy/bulk-status-update`, { headers, body }), 202);
    expect(data).toMatchObject({ status: "planned", updated_count: 0 });
    expect(await rowOf(one.id)).toMatchObject({ status: "active" });
    expect((await ask("GET", String(data?.address), { headers })).status).toBe(200);
    await envelopeOf(
      await ask("PUT", `${base}/tenancy/bulk-status-update`, { headers, body: { status: "blocked" } }),
      422,
    );
  });

  test.each(each.filter(([, { id }]) => id.startsWith("compat.notOffered.")))(
    "%s: 501, and why",
    async (_, { method, path }) => {
      const { reason, message } = await envelopeOf(await ask(method, filled(path, tenant.id), { headers }), 501);
      expect(reason).toBe("not_offered");
      expect(message).toMatch(/\.$/);
    },
  );
});

describe("the door", () => {
  const handlers = compatRoutes();
  const call = (
    method: "GET" | "POST" | "DELETE",
    address: string,
    init: ConstructorParameters<typeof NextRequest>[1] = {},
  ) => handlers[method](new NextRequest(`http://localhost:3000${address}`, { method, ...init }));

  test("takes a key as api_key in the body, and neither keeps it nor tells it", async () => {
    const secret = String((await keyHeader()).authorization).replace("Bearer ", "");
    const body = JSON.stringify({ api_key: secret, name: "By body", domain: "by-body.localhost" });
    const json = { "content-type": "application/json" };
    const { data } = await envelopeOf(
      await call("POST", `${base}/tenancy/tenants/create`, { body, headers: json }),
      201,
    );
    const event = await controlDb().auditEvent.findFirstOrThrow({ where: { target: String(data?.id) } });
    expect(event).toMatchObject({
      actorKind: "key",
      input: expect.not.objectContaining({ api_key: expect.anything() }),
    });
    const wrong = JSON.stringify({ api_key: "made-up", name: "x", domain: "x.localhost" });
    await envelopeOf(await call("POST", `${base}/tenancy/tenants/create`, { body: wrong, headers: json }), 401);
    for (const broken of ["{", "[]", '{"api_key": 5}', ""]) {
      await envelopeOf(await call("POST", `${base}/tenancy/tenants/create`, { body: broken, headers: json }), 401);
    }
  });

  test("takes none in the address, and says why", async () => {
    const secret = String((await keyHeader()).authorization).replace("Bearer ", "");
    const { message } = await envelopeOf(await call("GET", `${base}/tenancy/tenants?api_key=${secret}`), 401);
    expect(message).toMatch(/One in the address is not taken/);
    expect(message).not.toContain(secret);
  });

  test("a body larger than the limit is refused before its key is looked for", async () => {
    const body = JSON.stringify({ api_key: "x", name: "x".repeat(1_100_000) });
    await envelopeOf(await call("POST", `${base}/tenancy/tenants/create`, { body }), 413);
  });

  test("an address that there is not, and a method that it has not, are told in the envelope", async () => {
    await envelopeOf(await call("GET", `${base}/tenancy/nothing`, { headers }), 404);
    const response = await call("DELETE", `${base}/tenancy/stats`, { headers });
    expect(response.headers.get("allow")).toBe("GET");
    await envelopeOf(response, 405);
  });
});
