import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as, asKey, type Who } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { createTenant } from "./create-tenant";
import { finishPurge, purgeDue } from "./purge";
import { reconcileStatuses } from "./reconcile";
import { removeTenant } from "./remove-tenant";
import { restoreTenant } from "./restore-tenant";
import { setTenantStatus } from "./set-tenant-status";
import { showTenant } from "./show-tenant";

const day = 86_400_000;
const start = new Date("2026-03-01T12:00:00Z");
const at = (days: number) => () => new Date(start.getTime() + days * day);
const signal = new AbortController().signal;

let control: TestControl;
let tenant: TestTenant;
let made = 0;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());
beforeEach(async () => {
  await control.sql("UPDATE tenants SET purge_after = NULL WHERE status = 'deleted'");
  tenant = await control.makeTenant(`acme-${made++}`);
  await control.sql(`COMMENT ON ROLE "${tenant.role}" IS 'tenantry:${tenant.id}'`, [], "postgres");
});

async function signInAsTenant(): Promise<pg.Client> {
  const { host, port } = control.access;
  const client = new pg.Client({ host, port, user: tenant.role, password: tenant.password, database: tenant.database });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function left(): Promise<{ databases: number; roles: number }> {
  const { rows } = await control.sql(
    `SELECT (SELECT count(*)::int FROM pg_database WHERE datname = $1) AS databases,
            (SELECT count(*)::int FROM pg_roles WHERE rolname = $2) AS roles`,
    [tenant.database, tenant.role],
    "postgres",
  );
  return rows[0];
}

const remove = (more: { purge?: boolean | string; confirm?: string } = {}, who: Who = "system") =>
  perform(removeTenant, as(who, { now: at(0) }), { id: tenant.id, confirm: tenant.slug, ...more });
const restore = (who: Who = "admin") => perform(restoreTenant, as(who), { id: tenant.id });
const row = () => controlDb().tenant.findUniqueOrThrow({ where: { id: tenant.id } });

/** An admin whose second factor is not asked for again, as a program's is not. */
function program(permissions: readonly string[]) {
  const key = { kind: "key", id: "0199aaaa-0000-7000-8000-000000000009", name: "ci", prefix: "tk", rateLimit: null };
  return as("nobody", { now: at(0), actor: { ...key, permissions, scope: { kind: "all" } } as never });
}

test("a deleted tenant is shut out at once, keeps its data, and comes back with the status and data it had", async () => {
  const session = await signInAsTenant();
  await session.query("CREATE TABLE notes (body text); INSERT INTO notes VALUES ('kept')");
  const ended = new Promise((resolve) => session.once("end", resolve));
  const deleted = await remove();
  expect(deleted).toMatchObject({ status: "deleted", statusBefore: "active", purgeAfter: at(14)().toISOString() });
  await ended;
  await expect(signInAsTenant()).rejects.toMatchObject({ code: "28000" });
  expect(await left()).toEqual({ databases: 1, roles: 1 });
  expect(await restore()).toMatchObject({ status: "active", statusBefore: null, purgeAfter: null });
  const again = await signInAsTenant();
  expect((await again.query("SELECT body FROM notes")).rows).toEqual([{ body: "kept" }]);
  await again.end();
  const told = await controlDb().tenantActivity.findMany({ where: { tenantId: tenant.id }, orderBy: { id: "asc" } });
  expect(told.map(({ activityType, description }) => [activityType, description])).toEqual([
    ["status_changed", "active → deleted: can be restored until 2026-03-15"],
    ["restored", "deleted → active: restored"],
  ]);
  const audited = await controlDb().auditEvent.findMany({ where: { target: tenant.id }, orderBy: { id: "asc" } });
  expect(audited.map(({ operation }) => operation)).toEqual(["tenants.remove", "tenants.restore"]);
});

test("a suspended tenant comes back suspended, with its reason, which is not told as the deletion's", async () => {
  await perform(setTenantStatus, asKey("operator"), { id: tenant.id, status: "suspended", reason: "unpaid" });
  expect((await remove()).statusReason).toBeNull();
  expect(await restore()).toMatchObject({ status: "suspended", statusReason: "unpaid" });
  await expect(signInAsTenant()).rejects.toMatchObject({ code: "28000" });
});

test("a deletion that can't be enforced is not recorded, nor is such a restore", async () => {
  const { rows } = await control.sql("SELECT port FROM servers");
  await control.sql("UPDATE servers SET port = 1");
  await expect(remove()).rejects.toMatchObject({ code: "unavailable" });
  expect((await row()).status).toBe("active");
  await control.sql("UPDATE servers SET port = $1", [rows[0].port]);
  await remove();
  await control.sql("UPDATE servers SET port = 1");
  await expect(restore()).rejects.toMatchObject({ code: "unavailable" });
  expect((await row()).status).toBe("deleted");
  await control.sql("UPDATE servers SET port = $1", [rows[0].port]);
});

test("a deleted tenant that somebody opened by hand is shut out again", async () => {
  await remove();
  await control.sql(`ALTER ROLE "${tenant.role}" LOGIN`, [], "postgres");
  expect(await reconcileStatuses()).toEqual([tenant.slug]);
  await expect(signInAsTenant()).rejects.toMatchObject({ code: "28000" });
});

test("what is not deleted can't be restored, what is deleted not deleted again or given a status, in words", async () => {
  await expect(restore()).rejects.toMatchObject({ message: "The tenant can't be restored: it is active." });
  await remove();
  await expect(remove()).rejects.toMatchObject({
    code: "conflict",
    message: "The tenant is deleted already and goes after 2026-03-15. Restore it, or purge it now.",
  });
  const activate = perform(setTenantStatus, asKey("operator"), { id: tenant.id, status: "active" });
  await expect(activate).rejects.toThrow("it was deleted; restore it first");
});

test("deleting takes the right to delete, purging at once that to purge besides", async () => {
  const deleting = program(["tenants:read", "tenants:delete"]);
  const input = { id: tenant.id, confirm: tenant.slug };
  await expect(perform(removeTenant, deleting, { ...input, purge: true })).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("tenants:purge"),
  });
  expect((await row()).status).toBe("active");
  const refused = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(refused).toMatchObject({ operation: "tenants.remove", outcome: "refused" });
  await perform(removeTenant, deleting, input);
  const purging = program(["tenants:delete", "tenants:purge"]);
  expect((await perform(removeTenant, purging, { ...input, purge: "true" })).status).toBe("deleting");
  await expect(restore("viewer")).rejects.toMatchObject({ code: "forbidden" });
});

describe("when its time of grace is over", () => {
  test("a tenant is purged with its database and role, by the system and in the audit trail; not a moment before", async () => {
    await remove();
    expect(await purgeDue(at(13.9), signal)).toEqual([]);
    expect((await row()).status).toBe("deleted");
    expect(await purgeDue(at(14), signal)).toEqual([tenant.slug]);
    expect(await purgeDue(at(14), signal)).toEqual([]);
    await expect(restore()).rejects.toThrow("it is being purged");
    await finishPurge(tenant.id, systemClock, signal);
    expect(await left()).toEqual({ databases: 0, roles: 0 });
    await expect(perform(showTenant, as("viewer"), { id: tenant.id })).rejects.toMatchObject({ code: "not_found" });
    const event = await controlDb().auditEvent.findFirst({ where: { operation: "tenants.purge", target: tenant.id } });
    expect(event).toMatchObject({ actorKind: "system", actor: "worker", outcome: "done" });
  });

  test("one that was restored stays, and one that can't be purged now does not keep the others", async () => {
    await remove();
    await restore();
    const held = tenant;
    const other = await control.makeTenant(`other-${made++}`);
    tenant = other;
    await remove();
    const third = await control.makeTenant(`third-${made++}`);
    tenant = third;
    await remove();
    const holder = new pg.Client({ connectionString: control.url });
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM tenants WHERE id = $1 FOR UPDATE", [other.id]);
    expect(await purgeDue(at(15), signal)).toEqual([third.slug]);
    await holder.end();
    tenant = held;
    expect((await row()).status).toBe("active");
    await signInAsTenant().then((client) => client.end());
    await control.sql("UPDATE tenants SET status = 'active', purge_after = NULL WHERE id = $1", [other.id]);
  });
});

test("a tenant whose set-up failed goes at once, and its slug is free again", async () => {
  await control.sql("UPDATE tenants SET status = 'failed' WHERE id = $1", [tenant.id]);
  expect((await remove()).status).toBe("deleting");
  await finishPurge(tenant.id, systemClock, signal);
  expect(await left()).toEqual({ databases: 0, roles: 0 });
});

test("a deleted tenant holds its slug and domain: who makes another is told until when, if they may know", async () => {
  await remove();
  const domain = `shop-${made}.example.com`;
  await control.sql(
    "INSERT INTO domains (id, tenant_id, hostname, token, verified_at) VALUES (gen_random_uuid(), $1, $2, 'x', now())",
    [tenant.id, domain],
  );
  const again = { name: "Again", slug: tenant.slug, domain, serverId: control.serverId };
  await expect(perform(createTenant, as("owner"), again)).rejects.toMatchObject({
    code: "conflict",
    fields: {
      slug: "A deleted tenant still holds this slug until 2026-03-15. Restore or purge that one, or choose another slug.",
      domain: expect.stringContaining("A deleted tenant still holds this domain until 2026-03-15."),
    },
  });
  const elsewhere = as("owner", { scope: { kind: "plan", values: ["business"] } });
  await expect(perform(createTenant, elsewhere, { ...again, plan: "business" })).rejects.toMatchObject({
    fields: { slug: "Another tenant has this slug.", domain: "Another tenant has this domain." },
  });
});
