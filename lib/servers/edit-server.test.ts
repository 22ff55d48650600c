import { createServer, type Server } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { findTenant, registryPool } from "@/lib/runtime/registry";
import { editServer } from "./edit-server";

let control: TestControl;
let tenants: TestTenant[];
let pooler: Server;
let port: number;

beforeAll(async () => {
  control = await testControl();
  tenants = [await control.makeTenant("acme"), await control.makeTenant("globex")];
  pooler = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => pooler.listen(0, "127.0.0.1", resolve));
  port = (pooler.address() as { port: number }).port;
});
afterAll(async () => {
  pooler.close();
  await control.close();
});
beforeEach(() =>
  control.sql(
    "UPDATE servers SET name = 'eu-1', region = 'eu', pooler_host = NULL, pooler_port = NULL, pooler_mode = NULL",
  ),
);

const edit = (input: Record<string, unknown>, ctx = as("system")) =>
  perform(editServer, ctx, { id: control.serverId, ...input });
const lastAudit = () => controlDb().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });

/** What is announced while some work is done. */
async function heardDuring(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  const listener = new pg.Client({ connectionString: control.url });
  await listener.connect();
  listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await listener.query("LISTEN tenantry_tenant");
  await work();
  await control.sql("SELECT pg_notify('tenantry_tenant', 'end')");
  await vi.waitFor(() => expect(heard.at(-1)).toBe("end"), 5000);
  await listener.end();
  return heard.slice(0, -1).sort();
}

test("a name and a region change, and no tenant is told of it", async () => {
  const heard = await heardDuring(async () => {
    expect(await edit({ name: "eu-west", region: "Frankfurt" })).toMatchObject({
      name: "eu-west",
      region: "Frankfurt",
      pooler: null,
      tenants: 2,
    });
  });
  expect(heard).toEqual([]);
  expect(await lastAudit()).toMatchObject({
    operation: "servers.edit",
    target: control.serverId,
    before: { name: "eu-1", region: "eu" },
    after: { name: "eu-west", region: "Frankfurt" },
  });
});

test("a pooler that answers is where every tenant's app connects from then on, and each is told", async () => {
  const wanted = { host: "127.0.0.1", port, mode: "transaction" } as const;
  const heard = await heardDuring(async () => expect((await edit({ pooler: wanted })).pooler).toEqual(wanted));
  expect(heard).toEqual(tenants.map(({ id }) => id).sort());
  const registry = registryPool();
  const found = await findTenant(registry, { slug: "acme" });
  expect(found).toMatchObject({ host: "127.0.0.1", port, pooling: "transaction" });
  expect(await heardDuring(() => edit({ pooler: wanted })), "nothing changed").toEqual([]);
  expect((await edit({ pooler: null })).pooler).toBeNull();
  expect(await findTenant(registry, { slug: "acme" })).toMatchObject({ port: control.access.port, pooling: "none" });
  await registry.end();
});

describe("nothing changes", () => {
  test.each([
    ["a port where nothing listens", { host: "127.0.0.1", port: 1, mode: "session" }, "pooler.port"],
    ["a host that is unknown", { host: "pooler.invalid", port: 6432, mode: "session" }, "pooler.host"],
    ["a mode that is none", { host: "127.0.0.1", port: 6432, mode: "statement" }, "pooler.mode"],
    ["a port that is none", { host: "127.0.0.1", port: 70_000, mode: "session" }, "pooler.port"],
  ])("with %s as the pooler, told at its field", async (_, wrong, field) => {
    const error = await edit({ pooler: wrong, name: "other" }).catch((reason) => reason);
    expect(error.code).toBe("invalid");
    expect(Object.keys(error.fields)).toEqual([field]);
    expect(await controlDb().server.findFirst()).toMatchObject({ name: "eu-1", poolerHost: null });
  });

  test("with the name of another server", async () => {
    await controlDb().server.create({
      data: { id: newId(new Date()), name: "eu-2", region: "eu", host: "x", port: 1, adminUser: "x" },
    });
    await expect(edit({ name: "eu-2" })).rejects.toMatchObject({
      code: "conflict",
      fields: { name: expect.stringMatching(/Another/) },
    });
    await control.sql("DELETE FROM servers WHERE name = 'eu-2'");
  });

  test("for a server that is not there, without the right, with a part of the fleet, and without the second factor", async () => {
    await expect(edit({ id: newId(new Date()) })).rejects.toMatchObject({ code: "not_found" });
    await expect(edit({ name: "x" }, as("operator"))).rejects.toMatchObject({ code: "forbidden" });
    const part = as("owner", { scope: { kind: "region", values: ["eu"] } });
    await expect(edit({ name: "x" }, part)).rejects.toMatchObject({ code: "forbidden" });
    await expect(edit({ name: "x" }, as("owner"))).rejects.toMatchObject({ reason: "step_up_required" });
  });
});
