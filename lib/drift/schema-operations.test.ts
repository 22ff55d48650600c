import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { readFolder } from "@/lib/schema/folder";
import { recordSchema } from "@/lib/tenants/schema-record";
import { listTenantSchemas } from "./list-tenant-schemas";
import { showSchemaOverview } from "./show-schema-overview";
import { showTenantSchema } from "./show-tenant-schema";

const [first = "", latest = ""] = readFolder("prisma/tenant/migrations").map(({ name }) => name);

let control: TestControl;
const ids: Record<string, string> = {};
beforeAll(async () => {
  control = await testControl();
  const secret = "-";
  const made = ["adopted", "behind", "current", "drifted", "elsewhere", "failed", "never"];
  for (const [index, slug] of made.entries()) {
    const id = `00000000-0000-7000-8000-00000000000${index}`;
    ids[slug] = id;
    const row = { id, slug, name: slug, status: "active" as const, plan: "starter", region: index < 2 ? "eu" : "us" };
    await controlDb().tenant.create({
      data: { ...row, serverId: control.serverId, database: slug, role: slug, secret, adopted: slug === "adopted" },
    });
  }
  const at = new Date();
  const record = (slug: string, version: string, error: string | null = null) =>
    recordSchema({ tenantId: ids[slug] ?? "", at, standing: { version, applied: 1 }, error });
  await Promise.all([
    record("adopted", latest),
    record("behind", ""),
    record("current", latest),
    record("drifted", first),
    record("elsewhere", "9_other"),
    record("failed", first, "It failed."),
  ]);
  const differences = [{ kind: "table", name: "public.x", difference: "extra", expected: null, found: "table" }];
  await controlDb().tenantSchema.update({
    where: { tenantId: ids.drifted ?? "" },
    data: { drifted: true, differences, checkedAt: at },
  });
});
afterAll(() => control.close());

test("the overview counts versions and states", async () => {
  const overview = await perform(showSchemaOverview, as("viewer"), {});
  expect(overview.latest).toBe(latest);
  expect(overview.migrations.map(({ name, tenants, reversible }) => ({ name, tenants, reversible }))).toEqual([
    { name: first, tenants: 2, reversible: false },
    { name: latest, tenants: 1, reversible: true },
  ]);
  expect(overview.elsewhere).toEqual([
    { version: "", tenants: 1 },
    { version: "9_other", tenants: 1 },
  ]);
  expect(overview.counts).toEqual({ current: 1, behind: 3, failed: 1, drifted: 1, unknown: 3 });
});

test("whoever sees only a part is told of that part", async () => {
  const some = as("viewer", { scope: { kind: "region", values: ["eu"] } });
  expect((await perform(showSchemaOverview, some, {})).counts).toMatchObject({ behind: 1, unknown: 1, failed: 0 });
  expect((await perform(listTenantSchemas, some, {})).total).toBe(2);
  await expect(perform(showTenantSchema, some, { id: ids.failed })).rejects.toMatchObject({ code: "not_found" });
});

test.each([
  ["current", ["current"]],
  ["behind", ["behind", "drifted", "failed"]],
  ["failed", ["failed"]],
  ["drifted", ["drifted"]],
  ["unknown", ["adopted", "elsewhere", "never"]],
] as const)("the list shows who is %s", async (state, slugs) => {
  const { tenants, total } = await perform(listTenantSchemas, as("viewer"), { state: [state] });
  expect(tenants.map(({ tenant }) => tenant.slug)).toEqual(slugs);
  expect(total).toBe(slugs.length);
  expect(tenants.every(({ states }) => states.includes(state))).toBe(true);
});

test("a version, a word and a page narrow it", async () => {
  const list = (input: object) => perform(listTenantSchemas, as("viewer"), input);
  expect((await list({ version: first })).tenants.map(({ tenant }) => tenant.slug)).toEqual(["drifted", "failed"]);
  expect((await list({ search: "else" })).tenants.map(({ behind }) => behind)).toEqual([null]);
  expect((await list({ page: 2, pageSize: 5 })).tenants.map(({ tenant }) => tenant.slug)).toEqual(["failed", "never"]);
});

test("it is sorted as asked, what is not known last, and goes on in that order", async () => {
  const list = async (input: object) => await perform(listTenantSchemas, as("viewer"), input);
  const slugs = async (input: object) => (await list(input)).tenants.map(({ tenant }) => tenant.slug);
  expect(await slugs({ sort: "slug", order: "desc" })).toEqual((await slugs({})).reverse());
  for (const order of ["asc", "desc"] as const) {
    const { tenants } = await list({ sort: "version", order });
    const known = tenants.flatMap(({ version }) => version ?? []);
    expect(known).toEqual(order === "asc" ? [...known].sort() : [...known].sort().reverse());
    expect(tenants.slice(known.length).every(({ version }) => version === null)).toBe(true);
    expect(known.length).toBeLessThan(tenants.length);
    const first = await list({ sort: "version", order, limit: 4 });
    const rest = await list({ sort: "version", order, limit: 100, cursor: first.next });
    expect([...first.tenants, ...rest.tenants]).toEqual(tenants);
  }
  const { next } = await list({ sort: "version", limit: 2 });
  await expect(list({ sort: "name", cursor: next })).rejects.toMatchObject({ code: "invalid" });
});

test("a tenant's own shows what differs", async () => {
  const shown = await perform(showTenantSchema, as("viewer"), { id: ids.drifted });
  expect(shown).toMatchObject({ version: first, behind: 1, differences: 1, states: ["behind", "drifted"] });
  expect(shown.list).toEqual([expect.objectContaining({ kind: "table", name: "public.x", difference: "extra" })]);
});
