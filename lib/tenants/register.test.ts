import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newSetUpToken } from "@/lib/accounts/set-up-link";
import { setUpOwner } from "@/lib/accounts/set-up-owner";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { createTenant } from "./create-tenant";
import { listTenants } from "./list-tenants";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

const create = (input: Record<string, string>, key: string | null = null) =>
  perform(createTenant, as("owner", { idempotencyKey: key }), {
    name: "Acme",
    slug: "acme",
    serverId: control.serverId,
    ...input,
  });

const count = () => controlDb().tenant.count();

describe("bad input is a field error and creates nothing", () => {
  test.each([
    ["a slug with capitals", { slug: "Acme" }, "slug"],
    ["a slug with a space", { slug: "ac me" }, "slug"],
    ["a slug that begins with a digit", { slug: "1acme" }, "slug"],
    ["a slug that ends with a hyphen", { slug: "acme-" }, "slug"],
    ["a slug with two hyphens", { slug: "ac--me" }, "slug"],
    ["a reserved slug", { slug: "postgres" }, "slug"],
    ["a slug with a Cyrillic а", { slug: "\u0430cme" }, "slug"],
    ["a slug that is too long", { slug: "a".repeat(41) }, "slug"],
    ["a slug that is SQL", { slug: 'a"; drop table tenants; --' }, "slug"],
    ["an empty name", { name: "  " }, "name"],
    ["a name that is too long", { name: "x".repeat(121) }, "name"],
    ["a name with a direction override", { name: "Acme\u202egpj" }, "name"],
    ["a name with a null character", { name: "Ac\u0000me" }, "name"],
    ["a name that mixes look-alikes", { name: "\u0410cme" }, "name"],
    ["a domain that is no domain", { domain: "not a domain" }, "domain"],
    ["a domain with a path", { domain: "acme.example/x" }, "domain"],
    ["an address instead of a domain", { domain: "10.0.0.1" }, "domain"],
    ["a domain that mixes look-alikes", { domain: "\u0430cme.example" }, "domain"],
    ["a region with a NUL", { region: "eu\0" }, "region"],
    ["a name with half a character", { name: "Ac\ud800me" }, "name"],
    ["a plan that is none", { plan: "platinum" }, "plan"],
    ["a server that does not exist", { serverId: "00000000-0000-7000-8000-000000000000" }, "serverId"],
    ["a server that is no id", { serverId: "x" }, "serverId"],
  ])("%s", async (_, input, field) => {
    const before = await count();
    const error = await create(input as Record<string, string>).then(
      () => undefined,
      (reason) => reason,
    );
    expect(Object.keys(error?.fields ?? {})).toEqual([field]);
    expect(await count()).toBe(before);
  });

  test("a host under the platform's own domain, which belongs to a slug", async () => {
    await expect(create({ domain: "globex.localhost" })).rejects.toMatchObject({
      fields: { domain: expect.stringContaining("localhost") },
    });
  });
});

test("a taken slug and a taken domain are both told at once", async () => {
  const first = await create({ slug: "first-one", domain: "Shop.Example.COM" });
  expect(first.domains).toMatchObject([
    { hostname: "shop.example.com", primary: false, verified: false },
    { hostname: "first-one.localhost", primary: true, verified: true },
  ]);
  const again = await create({ slug: "a-claim-too", domain: "shop.example.com" });
  expect(again.domains[0], "claims may be shared until one is proven").toMatchObject({ hostname: "shop.example.com" });
  await control.sql("UPDATE domains SET verified_at = now(), verified_by = 'dns' WHERE tenant_id = $1", [first.id]);
  const error = await create({ slug: "first-one", domain: "shop.example.com." }).catch((reason) => reason);
  expect(error).toMatchObject({ code: "conflict", fields: { slug: expect.any(String), domain: expect.any(String) } });
});

test("a domain that leaves no room for its record is refused", async () => {
  const long = `${"a.".repeat(122)}com`;
  await expect(create({ slug: "too-long", domain: long })).rejects.toMatchObject({
    fields: { domain: expect.stringContaining("at most 243") },
  });
});

test("a double click with one Idempotency-Key creates one tenant and answers both alike", async () => {
  const before = await count();
  const [one, two] = await Promise.all([
    create({ slug: "double-click" }, "key-1"),
    create({ slug: "double-click" }, "key-1"),
  ]);
  expect(two).toEqual(one);
  expect(await count()).toBe(before + 1);
});

test("ten requests for one slug at the same moment create one tenant", async () => {
  const before = await count();
  const settled = await Promise.allSettled(Array.from({ length: 10 }, () => create({ slug: "one-of-ten" })));
  expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  expect(refused.every((reason) => reason.code === "conflict" && reason.fields.slug)).toBe(true);
  expect(await count()).toBe(before + 1);
});

test("no answer of set-up or enrolment is kept: they hold secrets", async () => {
  const ctx = as("nobody", { idempotencyKey: "secret-answer" });
  const token = (await newSetUpToken(new Date())) ?? "";
  const owner = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
  await perform(setUpOwner, ctx, { token, ...owner });
  expect(await controlDb().idempotencyKey.count({ where: { key: "secret-answer" } })).toBe(0);
});

test("an Idempotency-Key used for another request is refused", async () => {
  await create({ slug: "key-twice-a" }, "key-2");
  await expect(create({ slug: "key-twice-b" }, "key-2")).rejects.toMatchObject({ code: "conflict" });
});

test("names keep their alphabet, joiners and emoji", async () => {
  const names = ["مكتبة المنارة", "暮らしの種", "Яндекс Market", "Café 👩‍🚀", "Quote \" and ' and ; --"];
  for (const [index, name] of names.entries()) {
    expect((await create({ slug: `name-${index}`, name })).name).toBe(name.normalize("NFC"));
  }
});

test("a search for wildcard characters finds them and not everything", async () => {
  const list = (search: string) => perform(listTenants, as("viewer"), { search });
  expect((await list("%")).total).toBe(0);
  expect((await list("one-of-ten")).total).toBe(1);
  expect((await list("shop.example")).total).toBe(2);
});

test("sorting by a figure puts the unknown last, whichever way", async () => {
  const rows = await controlDb().tenant.findMany({ take: 2, orderBy: { slug: "asc" } });
  for (const [index, row] of rows.entries()) {
    await controlDb().tenantUsageLatest.create({
      data: { tenantId: row.id, tickId: 1n, changedAt: new Date(), cpu: index + 1, sources: { cpu: "proc" } },
    });
  }
  for (const order of ["asc", "desc"] as const) {
    const { tenants } = await perform(listTenants, as("viewer"), { sort: "cpu", order });
    const cpu = tenants.map((tenant) => tenant.usage.cpu?.value);
    expect(cpu.slice(0, 2)).toEqual(order === "asc" ? [1, 2] : [2, 1]);
    expect(cpu.slice(2).every((value) => value === undefined)).toBe(true);
  }
});
