import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { checkDomains } from "./check";
import type { DomainDetail } from "./contract";
import { type DnsTxt, dnsTxt } from "./dns";
import { domainsOf, publish, type Zone, zoneTxt } from "./testing";
import { startTestDns, type TestDns } from "./testing-dns";

let control: TestControl;
let tenant: TestTenant;
let dns: TestDns;
let zone: Zone;
let now: Date;
let made = 0;
const { signal } = new AbortController();

beforeAll(async () => {
  dns = await startTestDns();
  process.env.DNS_SERVERS = dns.address;
  control = await testControl();
  tenant = await control.makeTenant("acme");
});
afterAll(async () => {
  await control.close();
  await dns.close();
});
beforeEach(async () => {
  await controlDb().domain.deleteMany({});
  zone = new Map();
  now = new Date();
});

const clock = () => now;
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const ours = () => domainsOf(tenant.id, zone);
const add = async () => {
  const added = await ours().add(`shop-${++made}.example.com`);
  now = new Date();
  return added;
};
const check = (txt: DnsTxt = zoneTxt(zone)) => checkDomains(clock, signal, txt);
const only = async (): Promise<DomainDetail | undefined> => (await ours().list()).domains[0];
const activities = async () => {
  const rows = await controlDb().tenantActivity.findMany({ where: { tenantId: tenant.id }, orderBy: { id: "asc" } });
  return rows.map(({ activityType }) => activityType);
};

test("a worker that asks real DNS proves a domain whose record came, and tells who did it", async () => {
  const added = await add();
  expect(await check(dnsTxt)).toBe(1);
  expect(await only()).toMatchObject({ state: "pending", checkError: expect.stringContaining("NXDOMAIN") });
  expect(await check(dnsTxt), "not due yet").toBe(0);
  dns.names.set(added.record.name, { txt: [[added.record.value]] });
  later(1.1);
  expect(await check(dnsTxt)).toBe(1);
  expect(await only()).toMatchObject({ state: "verified", primary: true, verifiedBy: "dns", checkError: null });
  expect((await activities()).at(-1)).toBe("domain_verified");
  const audit = await controlDb().auditEvent.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(audit).toMatchObject({ operation: "domains.verify", actor: "worker", target: tenant.id });
});

test("a record that goes makes a domain lost after three looks, it goes on answering, and is found again", async () => {
  publish(zone, await add());
  await check();
  zone.clear();
  for (const minutes of [24 * 60 + 1, 6 * 60 + 1]) {
    later(minutes);
    expect(await check()).toBe(1);
    expect(await only()).toMatchObject({ state: "verified", checkError: expect.stringContaining("NXDOMAIN") });
  }
  later(6 * 60 + 1);
  await check();
  const lost = await only();
  expect(lost).toMatchObject({ state: "lost", verifiedAt: expect.any(String), primary: true });
  expect((await activities()).at(-1)).toBe("domain_lost");
  if (lost) publish(zone, lost);
  later(24 * 60 + 1);
  await check();
  expect(await only()).toMatchObject({ state: "verified", checkError: null });
  expect((await activities()).at(-1)).toBe("domain_verified");
});

test("days without DNS make no domain lost", async () => {
  const added = await add();
  publish(zone, added);
  await check();
  for (const code of ["ESERVFAIL", "ETIMEOUT", "ECONNREFUSED", "EREFUSED"]) {
    zone.set(added.record.name, { code });
    for (let look = 0; look < 5; look++) {
      later(24 * 60 + 1);
      expect(await check()).toBe(1);
    }
  }
  expect(await only()).toMatchObject({ state: "verified", checkError: expect.any(String) });
});

test("four workers at once look at each of 130 domains exactly once", async () => {
  await control.sql(
    `INSERT INTO domains (id, tenant_id, hostname, token, next_check_at)
     SELECT gen_random_uuid(), $1, 'n' || n || '.example.org', 'x', $2 FROM generate_series(1, 130) AS n`,
    [tenant.id, now],
  );
  const asked: string[] = [];
  let [atWork, most] = [0, 0];
  const slow: DnsTxt = async (name) => {
    asked.push(name);
    most = Math.max(most, ++atWork);
    await new Promise((resolve) => setImmediate(resolve));
    atWork--;
    return [["something else"]];
  };
  const counts = await Promise.all(Array.from({ length: 4 }, () => check(slow)));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(130);
  expect(new Set(asked).size).toBe(130);
  expect(asked).toHaveLength(130);
  expect(most).toBeLessThanOrEqual(100);
  expect(await controlDb().domain.count({ where: { checks: 1 } })).toBe(130);
});

test("what a killed worker had taken comes back after its lease, and a deleted tenant's domains wait", async () => {
  await add();
  await control.sql("UPDATE tenants SET status = 'deleted' WHERE id = $1", [tenant.id]);
  expect(await check()).toBe(0);
  await control.sql("UPDATE tenants SET status = 'active' WHERE id = $1", [tenant.id]);
  let asked = false;
  const killed: DnsTxt = () => {
    asked = true;
    // It never comes to the end.
    return new Promise(() => undefined);
  };
  void check(killed);
  await vi.waitFor(() => expect(asked).toBe(true), 5000);
  expect(await check()).toBe(0);
  later(2.1);
  expect(await check()).toBe(1);
});
