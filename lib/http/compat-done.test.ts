import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stopCounting } from "@/lib/keys/rate-limit";
import { stopLive } from "@/lib/metrics/live";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { base, each, envelopeOf, filled, inputs, send } from "./testing-compat";
import { ask, keyHeader } from "./testing-door";

let control: TestControl;
let headers: Record<string, string>;

beforeAll(async () => {
  control = await testControl();
  headers = await keyHeader();
});
afterAll(async () => {
  stopLive();
  await stopCounting();
  await control.close();
});

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
    const answer = await envelopeOf(await send(one.method, filled(one.path, id), input, headers), one.status ?? 200);
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
    const { data } = await envelopeOf(await ask("PUT", `${base}/tenancy/tenants/${one.id}`, { headers, body }), 200);
    // What is answered is the state after the change.
    expect(data).toMatchObject({ name: "Half", status: "blocked" });
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
});
