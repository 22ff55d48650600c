import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { mostDomains } from "./add-domain";
import { clear, domainsOf, host, lastAudit, proven, timeline, viewOf, type Zone } from "./testing";
import { vouchDomain } from "./vouch-domain";

let control: TestControl;
let tenant: TestTenant;
let other: TestTenant;
let zone: Zone;

beforeAll(async () => {
  process.env.TENANTRY_HOSTS = "admin.example.net:8443";
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
const vouch = (domain: string, ctx = as("system")) =>
  perform(vouchDomain, ctx, { id: tenant.id, domain, reason: "a private network" });

describe("adding", () => {
  test("a claim waits for its TXT record, and is neither a link nor resolved before", async () => {
    await clear();
    const hostname = host();
    const added = await ours().add(hostname.toUpperCase());
    expect(added).toMatchObject({ hostname, state: "pending", primary: false, verifiedAt: null });
    expect(added.record).toEqual({
      name: `_tenantry.${hostname}`,
      value: expect.stringMatching(/^tenantry-verification=[0-9a-f]{40}$/),
    });
    expect(await viewOf(tenant.id)).toEqual([
      { hostname, primary: false, verified: false },
      { hostname: "acme.localhost", primary: true, verified: true },
    ]);
    expect(await lastAudit()).toMatchObject({
      operation: "domains.add",
      target: tenant.id,
      after: { hostname, state: "pending" },
    });
    expect((await timeline(tenant.id)).at(-1)).toMatchObject({ activityType: "domain_added" });
  });

  test.each([
    ["a host of the tenants' slugs", "globex.localhost", /belong to the tenants' slugs/],
    ["the console's own host", "Admin.Example.NET.", /console itself/],
    ["an address", "10.0.0.1", /not a domain name/],
    ["a URL", "https://shop.example.com/x", /not a domain name/],
    ["a single word", "intranet", /not a domain name/],
    ["one with a port", "shop.example.com:8080", /not a domain name/],
    ["a wildcard", "*.example.com", /not a domain name/],
    ["one of two alphabets", "sh\u043ep.example.com", /mixes alphabets/],
    ["one with a line break", "shop.example.com\r\nx: y", /not a domain name/],
    ["one with an underscore", "_tenantry.example.com", /not a domain name/],
    ["SQL", "x'); DROP TABLE domains; --.com", /not a domain name/],
    ["one that leaves no room for its record", `${"a.".repeat(121)}com`, /at most 243/],
    ["one that is too long", `${"a.".repeat(140)}com`, /253/],
  ])("%s is refused at its field", async (_, hostname, words) => {
    const before = await controlDb().domain.count();
    await expect(ours().add(hostname)).rejects.toMatchObject({
      code: "invalid",
      fields: { hostname: expect.stringMatching(words) },
    });
    expect(await controlDb().domain.count()).toBe(before);
  });

  test("a name in another alphabet is kept as browsers send it", async () => {
    expect((await ours().add("Bücher.example")).hostname).toBe("xn--bcher-kva.example");
  });

  test("the same name twice, and one more than a tenant can have, are refused", async () => {
    await clear();
    const hostname = host();
    await ours().add(hostname);
    await expect(ours().add(hostname)).rejects.toMatchObject({
      code: "conflict",
      fields: { hostname: expect.stringMatching(/already/) },
    });
    await control.sql(
      `INSERT INTO domains (id, tenant_id, hostname, token)
       SELECT gen_random_uuid(), $1, 'n' || n || '.example.org', 'x' FROM generate_series(2, $2) AS n`,
      [tenant.id, mostDomains],
    );
    await expect(ours().add(host())).rejects.toMatchObject({
      code: "conflict",
      fields: { hostname: expect.stringMatching(/100 domains/) },
    });
    await clear();
  });

  test("what another tenant has proven is refused, and only who may see that tenant is told which", async () => {
    const { hostname } = await proven(other.id, zone);
    await expect(ours().add(hostname)).rejects.toMatchObject({
      code: "conflict",
      fields: { hostname: expect.stringContaining("globex") },
    });
    await control.sql("UPDATE tenants SET plan = 'business' WHERE id = $1", [tenant.id]);
    const elsewhere = () => as("owner", { scope: { kind: "plan", values: ["business"] } });
    await expect(domainsOf(tenant.id, zone, elsewhere).add(hostname)).rejects.toMatchObject({
      code: "conflict",
      fields: { hostname: "Another tenant has this domain." },
    });
    await control.sql("UPDATE tenants SET plan = 'starter' WHERE id = $1", [tenant.id]);
  });

  test("twenty requests for one name at the same moment make one domain", async () => {
    const hostname = host();
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => ours().add(hostname)));
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled) if (one.status === "rejected") expect(one.reason.code).toMatch(/conflict|unavailable/);
    expect(await controlDb().domain.count({ where: { hostname } })).toBe(1);
  });
});

describe("proving", () => {
  test("the record proves it; the first that is proven becomes primary, the second does not", async () => {
    await clear();
    const first = await proven(tenant.id, zone);
    expect(first).toMatchObject({ state: "verified", primary: true, verifiedBy: "dns", checkError: null });
    expect(await lastAudit()).toMatchObject({
      operation: "domains.verify",
      before: { state: "pending" },
      after: { state: "verified", verifiedBy: "dns" },
    });
    expect(await proven(tenant.id, zone)).toMatchObject({ state: "verified", primary: false });
    expect(await viewOf(tenant.id)).toMatchObject([{ primary: true }, { primary: false }, { primary: false }]);
  });

  test("what DNS says instead is told, and the next look is soon", async () => {
    const added = await ours().add(host());
    const seen = await ours().verify(added.id);
    expect(seen).toMatchObject({ state: "pending", checkError: expect.stringContaining("NXDOMAIN") });
    expect(Date.parse(seen.nextCheckAt ?? "") - Date.parse(seen.checkedAt ?? "")).toBe(60_000);
    zone.set(added.record.name, ["tenantry-verification=somebody-else's"]);
    expect((await ours().verify(added.id)).checkError).toContain("somebody-else's");
  });

  test("of two claims one proof wins: the other is taken, and wakes when the domain is removed", async () => {
    const hostname = host();
    const [mine, yours] = [await ours().add(hostname), await theirs().add(hostname)];
    zone.set(mine.record.name, [mine.record.value, yours.record.value]);
    await theirs().verify(yours.id);
    const lost = (await ours().list()).domains.find(({ id }) => id === mine.id);
    expect(lost).toMatchObject({ state: "taken", nextCheckAt: null, checkError: expect.stringContaining("Another") });
    await expect(ours().verify(mine.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/globex/),
    });
    await expect(vouch(mine.id)).rejects.toMatchObject({ code: "conflict" });
    await theirs().remove(yours.id);
    const woken = (await ours().list()).domains.find(({ id }) => id === mine.id);
    expect(woken).toMatchObject({ state: "pending", checkError: null, nextCheckAt: expect.any(String) });
    expect(await ours().verify(mine.id)).toMatchObject({ state: "verified" });
  });

  test("ten times both claims are proven at the same moment, and each time one of them wins", async () => {
    for (let round = 0; round < 10; round++) {
      const hostname = host();
      const [mine, yours] = [await ours().add(hostname), await theirs().add(hostname)];
      zone.set(mine.record.name, [mine.record.value, yours.record.value]);
      const settled = await Promise.allSettled([ours().verify(mine.id), theirs().verify(yours.id)]);
      expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const [refused] = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
      expect(refused).toMatchObject({ code: "conflict" });
    }
  });

  test("somebody may vouch for a domain without DNS, with a reason that stays", async () => {
    const added = await ours().add(host());
    expect(await vouch(added.id)).toMatchObject({ state: "verified", verifiedBy: "hand", nextCheckAt: null });
    expect((await timeline(tenant.id)).at(-1)?.description).toContain("a private network");
    expect(await lastAudit()).toMatchObject({ operation: "domains.vouch", input: { reason: "a private network" } });
    await expect(vouch(added.id)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/already/),
    });
    await expect(vouch(added.id, as("owner"))).rejects.toMatchObject({ reason: "step_up_required" });
  });
});
