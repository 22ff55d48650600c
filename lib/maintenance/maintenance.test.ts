import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as, type Who } from "@/lib/gate/testing";
import { sha256 } from "@/lib/platform/crypto";
import { listen } from "@/lib/platform/notify";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { endDueMaintenances } from "./end-due";
import { endMaintenance } from "./end-maintenance";
import { showMaintenance } from "./show-maintenance";
import { startMaintenance } from "./start-maintenance";

const began = new Date("2026-11-21T12:00:00.000Z");
let control: TestControl;
let tenant: TestTenant;
let now = began;
const clock = () => now;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("acme");
});
afterAll(() => control.close());
beforeEach(async () => {
  now = began;
  await control.sql("DELETE FROM tenant_maintenance");
  await control.sql("DELETE FROM tenant_activities");
  await control.sql("UPDATE tenants SET status = 'active', plan = 'starter'");
});

const start = (input: object = {}, who: Who = "operator") =>
  perform(startMaintenance, as(who, { now: clock }), { id: tenant.id, ...input });
const end = (who: Who = "operator") => perform(endMaintenance, as(who, { now: clock }), { id: tenant.id });
const show = () => perform(showMaintenance, as("viewer", { now: clock }), { id: tenant.id });
const row = () => controlDb().tenantMaintenance.findUnique({ where: { tenantId: tenant.id } });
const timeline = async () =>
  (await controlDb().tenantActivity.findMany({ orderBy: { id: "asc" } })).map(({ description }) => description);
const newestAudit = () => controlDb().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });

describe("maintenance", () => {
  test("begins with a message, networks in one form, and a token of which only the hash is kept", async () => {
    const allow = ["10.0.0.0/8", "2001:DB8::/32", "192.0.2.1/32", "192.0.2.1"];
    const { maintenance, bypassToken, bypassUrl } = await start({ message: " Back at six. ", allow, until: null });
    expect(maintenance).toEqual({
      ...{ message: "Back at six.", allow: ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"] },
      ...{ retryAfterSeconds: 300, until: null, startedAt: began.toISOString(), startedBy: "operator@example.com" },
    });
    expect(await row()).toMatchObject({ bypassHash: sha256(bypassToken) });
    expect(bypassUrl).toBe(`https://acme.localhost/?tenantry_bypass=${bypassToken}`);
    expect((await show()).maintenance).toEqual(maintenance);
    expect(await timeline()).toEqual(["Maintenance began: Back at six."]);
    const audited = await newestAudit();
    expect(audited).toMatchObject({ operation: "maintenance.start", outcome: "done", target: tenant.id, before: null });
    expect(audited.after).toMatchObject({ message: "Back at six." });
    const text = JSON.stringify({ ...audited, id: "" });
    for (const secret of [bypassToken, sha256(bypassToken)]) expect(text).not.toContain(secret);
  });

  test("links to the primary domain once that is verified", async () => {
    const domain = { tenantId: tenant.id, hostname: "shop.example.com", primary: true, token: "x" };
    await controlDb().domain.create({ data: { id: "0199aaaa-0000-7000-8000-000000000001", ...domain } });
    expect((await start()).bypassUrl).toMatch(/^https:\/\/acme\.localhost\/\?/);
    await controlDb().domain.updateMany({ data: { verifiedAt: now } });
    expect((await start()).bypassUrl).toMatch(/^https:\/\/shop\.example\.com\/\?/);
    await controlDb().domain.deleteMany();
  });

  test("started again says something else and has another token, and goes on since when it began", async () => {
    const first = await start();
    now = new Date(now.getTime() + 60_000);
    const second = await start({ message: "Longer than we thought." }, "admin");
    expect(second.bypassToken).not.toBe(first.bypassToken);
    expect(await row()).toMatchObject({ bypassHash: sha256(second.bypassToken), startedBy: "operator@example.com" });
    expect(second.maintenance).toMatchObject({ startedAt: began.toISOString(), message: "Longer than we thought." });
    expect((await timeline())[1]).toBe("Maintenance changed: Longer than we thought.");
    expect((await newestAudit()).before).toMatchObject({ message: first.maintenance.message });
  });

  test("ends, and ending it again does nothing", async () => {
    await start();
    expect(await end()).toEqual({ maintenance: null });
    expect(await end()).toEqual({ maintenance: null });
    expect(await row()).toBeNull();
    expect((await show()).maintenance).toBeNull();
    expect((await timeline()).slice(1)).toEqual(["Maintenance ended"]);
  });

  test("is announced to every runtime when it begins, changes and ends", async () => {
    const heard: string[] = [];
    const stop = new AbortController();
    const ready = new Promise<void>((resolve) =>
      listen(["tenantry_tenant"], { onMessage: (_, id) => heard.push(id), onConnected: resolve }, stop.signal),
    );
    await ready;
    await start();
    await start();
    await end();
    await vi.waitFor(() => expect(heard).toEqual([tenant.id, tenant.id, tenant.id]), 5000);
    stop.abort();
  });

  test("is over by itself at its time, whether or not it was tidied away", async () => {
    await start({ until: new Date(now.getTime() + 60_000).toISOString() });
    expect(await endDueMaintenances(clock, new AbortController().signal)).toBe(0);
    now = new Date(now.getTime() + 60_000);
    expect((await show()).maintenance).toBeNull();
    const signal = new AbortController().signal;
    const ended = await Promise.all([endDueMaintenances(clock, signal), endDueMaintenances(clock, signal)]);
    expect(ended.reduce((sum, one) => sum + one)).toBe(1);
    expect(await row()).toBeNull();
    expect((await timeline()).slice(1)).toEqual(["Maintenance ended at its time"]);
  });

  test("that is over but not tidied away begins anew when it is started", async () => {
    await start({ until: new Date(now.getTime() + 60_000).toISOString() });
    now = new Date(now.getTime() + 61_000);
    expect((await start()).maintenance).toMatchObject({ startedAt: now.toISOString(), until: null });
    expect((await timeline())[1]).toMatch(/^Maintenance began/);
  });
});

describe("maintenance is refused", () => {
  test.each([
    [{ until: began.toISOString() }, "until"],
    [{ until: "tomorrow" }, "until"],
    [{ message: " " }, "message"],
    [{ message: "x".repeat(501) }, "message"],
    [{ allow: ["10.0.0.1/8"] }, "allow"],
    [{ allow: ["example.com"] }, "allow"],
    [{ retryAfterSeconds: 0 }, "retryAfterSeconds"],
  ])("with %j", async (input, field) => {
    await expect(start(input)).rejects.toMatchObject({ code: "invalid", fields: { [field]: expect.any(String) } });
    expect(await row()).toBeNull();
  });

  test.each(["provisioning", "failed", "deleted", "deleting"])("for a tenant that is %s", async (status) => {
    await control.sql("UPDATE tenants SET status = $1::tenant_status", [status]);
    await expect(start()).rejects.toMatchObject({ code: "conflict" });
  });

  test.each(["inactive", "suspended", "blocked"])("but not for one that is %s", async (status) => {
    await control.sql("UPDATE tenants SET status = $1::tenant_status", [status]);
    expect((await start()).maintenance.startedBy).toBe("operator@example.com");
  });

  test.each(["viewer", "analyst", "auditor"] as const)("to a %s, who may look at it", async (who) => {
    await expect(start({}, who)).rejects.toMatchObject({ code: "forbidden" });
    await start();
    await expect(end(who)).rejects.toMatchObject({ code: "forbidden" });
    expect(await row()).not.toBeNull();
  });

  test("out of somebody's scope, as if there were no such tenant", async () => {
    await start();
    const theirs = as("admin", { scope: { kind: "plan", values: ["business"] } });
    const given = { id: tenant.id };
    for (const ask of [
      () => perform(startMaintenance, theirs, given),
      () => perform(endMaintenance, theirs, given),
      () => perform(showMaintenance, theirs, given),
    ])
      await expect(ask()).rejects.toMatchObject({ code: "not_found" });
    expect(await row()).not.toBeNull();
  });
});
