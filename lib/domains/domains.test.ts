import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { clear, domainsOf, host, lastAudit, proven, publish, timeline, viewOf, type Zone } from "./testing";

let control: TestControl;
let tenant: TestTenant;
let other: TestTenant;
let zone: Zone;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("acme");
  other = await control.makeTenant("globex");
});
afterAll(() => control.close());
beforeEach(() => {
  zone = new Map();
});

const ours = () => domainsOf(tenant.id, zone);
const theirs = () => domainsOf(other.id, zone);

describe("choosing and removing", () => {
  test("only a verified domain can be primary, and the primary one's place goes to the oldest proof", async () => {
    await clear();
    const [first, second, third] = [
      await proven(tenant.id, zone),
      await proven(tenant.id, zone),
      await proven(tenant.id, zone),
    ];
    const pending = await ours().add(host());
    await expect(ours().setPrimary(pending.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/not verified/),
    });
    const chosen = await ours().setPrimary(third.id);
    expect(chosen.domains.map(({ hostname, primary }) => [hostname, primary]).slice(0, 2)).toEqual([
      [third.hostname, true],
      [first.hostname, false],
    ]);
    expect(await lastAudit()).toMatchObject({
      before: { primary: first.hostname },
      after: { primary: third.hostname },
    });
    const left = await ours().remove(third.id);
    expect(left.domains.find(({ primary }) => primary)?.hostname).toBe(first.hostname);
    expect(left.builtIn).toBe("acme.localhost");
    expect((await timeline(tenant.id)).slice(-2)).toMatchObject([
      { activityType: "domain_primary", description: expect.stringContaining(third.hostname) },
      { activityType: "domain_removed", description: expect.stringContaining(first.hostname) },
    ]);
    await ours().remove(first.id);
    await ours().remove(second.id);
    expect((await viewOf(tenant.id)).find(({ primary }) => primary)?.hostname).toBe("acme.localhost");
  });

  test("ten choices at the same moment leave one primary domain", async () => {
    await clear();
    const all = [await proven(tenant.id, zone), await proven(tenant.id, zone), await proven(tenant.id, zone)];
    const choices = Array.from({ length: 10 }, (_, index) => ours().setPrimary(all[index % 3]?.id ?? ""));
    await Promise.allSettled(choices);
    expect(await controlDb().domain.count({ where: { tenantId: tenant.id, primary: true } })).toBe(1);
  });

  test("every change is announced to the runtimes", async () => {
    const heard: string[] = [];
    const listener = new pg.Client({ connectionString: control.url });
    await listener.connect();
    listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await listener.query("LISTEN tenantry_tenant");
    const heardOf = (count: number) => vi.waitFor(() => expect(heard).toEqual(Array(count).fill(tenant.id)), 5000);
    const added = await ours().add(host());
    await heardOf(1);
    publish(zone, added);
    await ours().verify(added.id);
    await heardOf(2);
    const second = await proven(tenant.id, zone);
    await heardOf(4);
    await ours().setPrimary(second.id);
    await heardOf(5);
    await ours().remove(second.id);
    await heardOf(6);
    await listener.end();
  });
});

describe("who may not", () => {
  test("roles without domains:update change nothing, and see them all the same", async () => {
    const added = await ours().add(host());
    for (const role of ["analyst", "auditor", "viewer"] as const) {
      const domains = domainsOf(tenant.id, zone, () => as(role));
      for (const attempt of [
        () => domains.add(host()),
        () => domains.verify(added.id),
        () => domains.remove(added.id),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
      }
      expect((await domains.list()).domains.length).toBeGreaterThan(0);
    }
    await expect(domainsOf(tenant.id, zone, () => as("operator")).remove(added.id)).resolves.toBeTruthy();
  });

  test("a tenant out of reach is not there, and another tenant's domain is not this one's", async () => {
    const yours = await theirs().add(host());
    const elsewhere = domainsOf(tenant.id, zone, () => as("owner", { scope: { kind: "tag", values: ["none"] } }));
    for (const attempt of [() => elsewhere.list(), () => elsewhere.add(host()), () => elsewhere.verify(yours.id)]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    for (const attempt of [
      () => ours().verify(yours.id),
      () => ours().remove(yours.id),
      () => ours().setPrimary(yours.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
    await expect(ours().remove(newId(systemClock()))).rejects.toMatchObject({ code: "not_found" });
    expect(await controlDb().domain.count({ where: { id: yours.id } })).toBe(1);
  });

  test.each(["deleted", "deleting"])("a tenant that is %s keeps its domains as they are", async (status) => {
    const added = await ours().add(host());
    await control.sql("UPDATE tenants SET status = $2::tenant_status WHERE id = $1", [tenant.id, status]);
    const { add, verify, setPrimary, remove } = ours();
    for (const attempt of [
      () => add(host()),
      () => verify(added.id),
      () => setPrimary(added.id),
      () => remove(added.id),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringMatching(/domains can't be changed/),
      });
    }
    await control.sql("UPDATE tenants SET status = 'active' WHERE id = $1", [tenant.id]);
  });
});
