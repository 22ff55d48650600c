import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { createTenant } from "@/lib/tenants/create-tenant";
import { sealAdminPassword } from "./access";
import { addServer } from "./add-server";
import { checkServer } from "./check-server";
import { editServer } from "./edit-server";
import { listServers } from "./list-servers";
import { removeServer } from "./remove-server";
import { showServer } from "./show-server";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
  await control.sql("CREATE ROLE modest LOGIN PASSWORD 'modest' CREATEDB CREATEROLE", [], "postgres");
});
afterAll(async () => {
  await control.sql("DROP ROLE modest", [], "postgres");
  await control.close();
});

let id: string;
beforeEach(async () => {
  const { host, port, adminUser } = control.access;
  await control.sql("TRUNCATE tenant_steps, isolation_findings");
  await control.sql("UPDATE tenants SET deleted_at = now()");
  await control.sql("UPDATE servers SET removed_at = now(), name = id::text WHERE id <> $1", [control.serverId]);
  await control.sql("UPDATE servers SET system_id = NULL WHERE id = $1", [control.serverId]);
  id = newId(new Date());
  const adminSecret = await sealAdminPassword(id, control.access.adminPassword);
  const data = { id, name: "eu-2", region: "eu", host, port, adminUser, adminSecret };
  await controlDb().server.create({ data: { ...data, createdAt: new Date() } });
});

const remove = (confirm = "eu-2", ctx = as("system")) => perform(removeServer, ctx, { id, confirm });

/** A registry row of a tenant on the server. */
async function tenant(more: object = {}): Promise<string> {
  const tenantId = newId(new Date());
  const row = { id: tenantId, slug: `t-${tenantId.slice(-8)}`, name: "T", plan: "starter", region: "eu", serverId: id };
  await controlDb().tenant.create({
    data: { ...row, database: row.slug, role: row.slug, secret: "", createdAt: new Date(), ...more },
  });
  return tenantId;
}

describe("a server leaves the fleet", () => {
  test("and nothing shows it any more, while what was on it keeps its server", async () => {
    const gone = await tenant({ deletedAt: new Date() });
    expect(await remove()).toMatchObject({ id, name: "eu-2" });
    const { servers } = await perform(listServers, as("viewer"), {});
    expect(servers.map((server) => server.id)).toEqual([control.serverId]);
    for (const work of [showServer, checkServer, editServer])
      await expect(perform(work as typeof showServer, as("system"), { id })).rejects.toMatchObject({
        code: "not_found",
      });
    const row = await controlDb().tenant.findUniqueOrThrow({ where: { id: gone }, include: { server: true } });
    expect(row.server).toMatchObject({ id, adminSecret: null, name: expect.stringMatching(/^eu-2 \(removed 20/) });
    expect(await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
      ...{ operation: "servers.remove", target: id, before: { name: "eu-2", region: "eu" } },
    });
  });

  test("and its name is free for another one", async () => {
    await remove();
    await expect(remove()).rejects.toMatchObject({ code: "not_found" });
    const { host, port, adminUser, adminPassword } = control.access;
    const added = await perform(addServer, as("system"), {
      ...{ name: "eu-2", region: "eu", host, port, adminUser, adminPassword },
    });
    expect(added.id).not.toBe(id);
  });

  test("only once no tenant is on it, deleted ones that can be restored among them, with their count", async () => {
    await tenant();
    await tenant({ status: "deleted", purgeAfter: new Date() });
    await expect(remove()).rejects.toMatchObject({
      ...{ code: "conflict", reason: "server_in_use" },
      message: expect.stringContaining("2 tenants, 1 of them deleted and still to be restored"),
    });
    await controlDb().tenant.updateMany({ where: { serverId: id }, data: { deletedAt: new Date() } });
    const last = await tenant({ deletedAt: new Date() });
    const step = { tenantId: last, saga: "remove", position: 3, name: "drop-role", status: "failed" as const };
    await controlDb().tenantStep.create({ data: step });
    await expect(remove()).rejects.toMatchObject({ message: expect.stringContaining("1 step of a removal") });
    await controlDb().tenantStep.updateMany({ data: { status: "done" } });
    await remove();
  });

  test("not by a slip, without the right, or with a part of the fleet", async () => {
    await expect(remove("eu-1")).rejects.toMatchObject({ fields: { confirm: expect.stringContaining("eu-2") } });
    await expect(remove("eu-2", as("operator"))).rejects.toMatchObject({ code: "forbidden" });
    const part = as("owner", { scope: { kind: "region", values: ["eu"] } });
    await expect(remove("eu-2", part)).rejects.toMatchObject({ code: "forbidden" });
    await expect(remove("eu-2", as("owner"))).rejects.toMatchObject({ reason: "step_up_required" });
    expect(await controlDb().server.findUnique({ where: { id } })).toMatchObject({ removedAt: null, name: "eu-2" });
  });

  test("and nobody places a tenant on it meanwhile or afterwards", async () => {
    const place = () => perform(createTenant, as("system"), { name: "New", slug: `new-${Date.now()}`, serverId: id });
    let began: Promise<unknown> = Promise.resolve();
    await controlDb().$transaction(async (db) => {
      await removeServer.run({ ...as("system"), db }, { id, confirm: "eu-2" });
      began = place().catch((error: unknown) => error);
      // It waits for the row that the removal holds.
      await expect
        .poll(() =>
          control
            .sql("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%KEY SHARE%'")
            .then(({ rowCount }) => rowCount),
        )
        .toBeGreaterThan(0);
    });
    expect(await began).toMatchObject({ fields: { serverId: "This server does not exist." } });
    await expect(place()).rejects.toMatchObject({ fields: { serverId: "This server does not exist." } });
  });
});

test("a server that accepts none gets no new tenants, and keeps those it has", async () => {
  await tenant();
  const edit = (accepting: boolean) => perform(editServer, as("system"), { id, accepting });
  expect(await edit(false)).toMatchObject({ accepting: false, tenants: 1 });
  const place = () => perform(createTenant, as("system"), { name: "New", slug: `new-${Date.now()}`, serverId: id });
  await expect(place()).rejects.toMatchObject({ fields: { serverId: expect.stringContaining("no new tenants") } });
  await edit(true);
  expect((await place()).server.id).toBe(id);
});

describe("a check of a server", () => {
  const check = (which = id) => perform(checkServer, as("operator"), { id: which });

  test("tells how quickly it answers, what its role may do, and that one cluster is in the fleet twice", async () => {
    const first = await check();
    expect(first).toMatchObject({ reachable: true, error: null, standby: false, sameAs: [], notCompared: 1 });
    expect(first.connectMs).toBeGreaterThan(0);
    expect(first.latencyMs).toBeGreaterThan(0);
    expect(first.rights.every(({ held }) => held)).toBe(true);
    const { system_identifier: own } = (await control.sql("SELECT system_identifier::text FROM pg_control_system()"))
      .rows[0];
    expect(first.systemId).toBe(own);
    const other = await check(control.serverId);
    expect(other).toMatchObject({ sameAs: [{ id, name: "eu-2" }], notCompared: 0 });
    expect((await check()).sameAs.map((server) => server.id)).toEqual([control.serverId]);
  });

  test("says which rights a modest role lacks", async () => {
    const adminSecret = await sealAdminPassword(id, "modest");
    await controlDb().server.update({ where: { id }, data: { adminUser: "modest", adminSecret } });
    const { rights } = await check();
    const held = Object.fromEntries(rights.map(({ name, held }) => [name, held]));
    expect(held).toMatchObject({ CREATEDB: true, CREATEROLE: true, SUPERUSER: false, pg_signal_backend: false });
  });

  test("says why a server can't be asked, and leaves unknown what it does not know", async () => {
    await controlDb().server.update({ where: { id }, data: { port: 1 } });
    expect(await check()).toMatchObject({
      ...{ reachable: false, error: expect.stringContaining("nothing listens"), connectMs: null, latencyMs: null },
      ...{ version: null, systemId: null, rights: [] },
    });
  });
});

test("a cluster that is in the fleet is not added again, however it is called", async () => {
  await perform(checkServer, as("system"), { id });
  const { host, port, adminUser, adminPassword } = control.access;
  const error = await perform(addServer, as("system"), {
    ...{
      name: "eu-3",
      region: "eu",
      host: host === "localhost" ? "127.0.0.1" : "localhost",
      port,
      adminUser,
      adminPassword,
    },
  }).catch((reason) => reason);
  expect(error).toMatchObject({ code: "conflict", fields: { host: expect.stringContaining("eu-2") } });
  expect(await controlDb().server.count({ where: { name: "eu-3" } })).toBe(0);
});
