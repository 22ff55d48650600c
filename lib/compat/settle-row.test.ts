import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Permission } from "@/lib/kernel/permissions";
import { controlDb } from "@/lib/platform/prisma";
import { importRegistryRows } from "./import-rows";
import { ImportSite } from "./testing-imports";

let site: ImportSite;
beforeAll(async () => {
  site = await ImportSite.open();
});
afterAll(() => site.close());

/** An API key with these rights, over all tenants. */
const key = (permissions: Permission[]) =>
  as("admin", {
    actor: {
      ...{ kind: "key", id: "k", name: "importer", prefix: "k", rateLimit: null },
      ...{ permissions, scope: { kind: "all" } },
    },
  });

test("a kept status is set only for who may set one, whatever the row says by now; the other is told", async () => {
  const row = {
    key: "kept",
    name: "Kept",
    slug: `kept-${site.tag}`,
    database: await site.database("kept"),
    domains: [],
  };
  const send = async (actor: ReturnType<typeof key>, status: string | null) =>
    await perform(importRegistryRows, actor, { serverId: site.control.serverId, rows: [{ ...row, status }] });
  const both = key(["tenants:create", "tenants:status"]);
  expect((await send(both, "suspended")).tenants).toMatchObject([{ outcome: "adopted", again: true }]);
  await site.work();

  // Sent as active, the row itself takes no right to set statuses: what it would set is what was kept.
  const refused = send(key(["tenants:create"]), null);
  await expect(refused).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining("tenants:status"),
  });
  const kept = { imported: { key: "kept", settings: {}, status: "suspended" } };
  expect(await site.ofKey("kept")).toMatchObject({ status: "active", settings: kept });
  const event = await controlDb().auditEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({ operation: "registry.import", outcome: "refused" });

  expect((await send(both, null)).tenants).toMatchObject([{ outcome: "already", again: false }]);
  const settled = await site.ofKey("kept");
  expect(settled).toMatchObject({ status: "suspended", settings: { imported: { key: "kept", settings: {} } } });
  expect(settled?.settings).not.toHaveProperty("imported.status");
  // There is nothing left to set, so that it takes no right to any more.
  expect((await send(key(["tenants:create"]), null)).tenants).toMatchObject([{ outcome: "already", again: false }]);
});

test("a dry run sets nothing, and says that it would", async () => {
  const row = { key: "dry", name: "Dry", slug: `dry-${site.tag}`, database: await site.database("dry"), domains: [] };
  const send = async (dryRun: boolean) =>
    await perform(importRegistryRows, as("admin"), {
      serverId: site.control.serverId,
      rows: [{ ...row, status: "blocked" }],
      dryRun,
    });
  await send(false);
  await site.work();
  expect((await send(true)).tenants).toMatchObject([{ outcome: "already", again: true }]);
  expect(await site.ofKey("dry")).toMatchObject({ status: "active" });
});

test("a tenant whose set-up failed is told so, and its status stays", async () => {
  const row = {
    key: "lost",
    name: "Lost",
    slug: `lost-${site.tag}`,
    database: await site.database("lost"),
    domains: [],
  };
  const send = async () =>
    await perform(importRegistryRows, as("admin"), {
      serverId: site.control.serverId,
      rows: [{ ...row, status: "blocked" }],
    });
  await send();
  await controlDb().tenant.updateMany({ where: { slug: row.slug }, data: { status: "failed" } });
  expect((await send()).tenants).toMatchObject([{ outcome: "left", reason: "setup_failed" }]);
  expect(await site.ofKey("lost")).toMatchObject({ status: "failed", settings: { imported: { status: "blocked" } } });
});
