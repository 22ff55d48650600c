import { afterAll, beforeAll, expect, test } from "vitest";
import { as } from "@/lib/gate/testing";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { findTenant, maySeeTenant, seeTenant } from "./find";
import { readTenantView } from "./read-views";
import { tenantViewOf } from "./view";

let control: TestControl;
let shop: TestTenant;
let plain: TestTenant;

beforeAll(async () => {
  control = await testControl();
  shop = await control.makeTenant("shop");
  plain = await control.makeTenant("plain");
  const at = new Date("2026-03-29T01:30:00.123Z");
  const tenantId = shop.id;
  const db = controlDb();
  const domain = (hostname: string, more: object = {}) => ({
    ...{ id: newId(at), tenantId, hostname, token: hostname, ...more },
  });
  await db.domain.createMany({
    data: [
      domain("b.example.com"),
      domain("a.example.com", { verifiedAt: at }),
      domain("z.example.com", { primary: true, verifiedAt: at }),
    ],
  });
  const maintenance = { message: "It's being moved.", bypassHash: "x", retryAfter: 60, startedAt: at, startedBy: "x" };
  await db.tenantMaintenance.create({ data: { tenantId, ...maintenance } });
  await db.tenantSchema.upsert({
    where: { tenantId },
    create: { tenantId, version: "0002", drifted: true, error: "no" },
    update: { version: "0002", drifted: true, error: "no" },
  });
  const sources = { cpu: "procfs", cacheHit: "pg_stat_database" };
  await db.tenantUsageLatest.create({ data: { tenantId, tickId: 1n, changedAt: at, cpu: 0, cacheHit: 99.5, sources } });
  await db.tenant.update({ where: { id: tenantId }, data: { tags: ["eu", "it's"], settings: { connections: 7 } } });
  await control.sql("UPDATE servers SET last_tick_at = $1", [at]);
});
afterAll(() => control.close());

const asking = () => ({ db: controlDb(), actor: as("viewer").actor });
const elsewhere = () => as("viewer", { scope: { kind: "tag", values: ["other"] } }).actor;

test("a view that one statement reads is the one that the ORM's row makes", async () => {
  for (const { id } of [shop, plain]) {
    const view = await readTenantView(asking(), { id });
    expect(view).toEqual(await tenantViewOf(controlDb(), await findTenant(asking(), id)));
    expect(await readTenantView(asking(), { slug: view.slug })).toEqual(view);
    // Ids are the same in capitals.
    expect(await readTenantView(asking(), { id: id.toUpperCase() })).toEqual(view);
  }
});

test("who is in a transaction sees what it has changed there, and nobody else does", async () => {
  const left = new Error("taken back");
  const within = controlDb().$transaction(async (db) => {
    await db.tenant.update({ where: { id: plain.id }, data: { name: "Renamed within" } });
    const own = { ...asking(), db };
    expect((await readTenantView(own, { id: plain.id })).name).toBe("Renamed within");
    expect((await readTenantView(own, { slug: "plain" })).name).toBe("Renamed within");
    expect((await readTenantView(asking(), { id: plain.id })).name).not.toBe("Renamed within");
    throw left;
  });
  await expect(within).rejects.toBe(left);
});

test("asked about at once, each tenant is told to those alone who may see it", async () => {
  const unknown = newId(new Date());
  const askers = Array.from({ length: 30 }, (_, number) => ({
    id: [shop.id, plain.id, unknown][number % 3] ?? "",
    actor: number % 2 === 0 ? asking().actor : elsewhere(),
  }));
  const views = await Promise.allSettled(
    askers.map(({ id, actor }) => readTenantView({ db: controlDb(), actor }, { id })),
  );
  const seen = await Promise.allSettled(askers.map(({ id, actor }) => seeTenant({ db: controlDb(), actor }, id)));
  const may = await Promise.all(askers.map(({ id, actor }) => maySeeTenant(actor, id)));
  askers.forEach(({ id }, number) => {
    const allowed = id !== unknown && number % 2 === 0;
    expect(may[number]).toBe(allowed);
    for (const answers of [views, seen])
      expect(answers[number]).toMatchObject(
        allowed ? { status: "fulfilled", value: { id } } : { status: "rejected", reason: { code: "not_found" } },
      );
  });
});
