import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Download } from "@/lib/kernel/download";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { exportTenants } from "./export-tenants";
import { tenantFacets } from "./tenant-facets";

let control: TestControl;
const scope: Scope = { kind: "tag", values: ["mine"] };
beforeAll(async () => {
  control = await testControl();
  for (const slug of ["amber", "birch", "cedar"]) await control.makeTenant(slug);
  await controlDb().tenant.updateMany({
    where: { slug: "amber" },
    data: { tags: ["mine", "eu"], name: '=1+1,"x"\ny' },
  });
  await controlDb().tenant.updateMany({ where: { slug: "birch" }, data: { tags: ["eu"], plan: "business" } });
  await control.sql(
    `INSERT INTO tenant_usage_latest (tenant_id, tick_id, changed_at, storage, sources)
     SELECT id, 1, now(), 7.5, '{"storage": "pg_database_size"}' FROM tenants WHERE slug = 'birch'`,
  );
});
afterAll(() => control.close());

async function textOf({ chunks }: Download): Promise<string> {
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

test("every tenant that the filter leaves is in the file, with its figures; unknown ones are empty", async () => {
  const text = await textOf(await perform(exportTenants, as("analyst"), {}));
  const [head = "", ...lines] = text.replace("\ufeff", "").trim().split("\r\n");
  expect(lines).toHaveLength(3);
  const column = (line: string, name: string) => line.split(",")[head.split(",").indexOf(`"${name}"`)];
  const birch = lines.find((line) => line.includes('"birch"')) ?? "";
  expect([column(birch, "storage"), column(birch, "cpu"), column(birch, "plan")]).toEqual(["7.5", "", '"business"']);
  const one = await textOf(await perform(exportTenants, as("analyst"), { plan: ["business"] }));
  expect(one.trim().split("\r\n")).toHaveLength(2);
});

test("the file is CSV that no spreadsheet runs, and holds what is within reach only", async () => {
  const text = await textOf(await perform(exportTenants, as("analyst", { scope }), {}));
  expect(text).toContain('"\'=1+1,""x""\ny"');
  expect(text).not.toContain("birch");
  const event = await controlDb().auditEvent.findFirst({
    where: { operation: "tenants.export" },
    orderBy: { id: "desc" },
  });
  expect(event).toMatchObject({ outcome: "done", after: { rows: 1 } });
});

test("the columns that are chosen are in the file, in that order; others are refused at their field", async () => {
  const text = await textOf(
    await perform(exportTenants, as("analyst"), { plan: ["business"], columns: ["plan", "slug"] }),
  );
  expect(text).toBe('\ufeff"plan","slug"\r\n"business","birch"\r\n');
  const wrong = perform(exportTenants, as("analyst"), { columns: ["secret"] });
  await expect(wrong).rejects.toMatchObject({ code: "invalid" });
});

test("a viewer may not take lists away", async () => {
  await expect(perform(exportTenants, as("viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
});

test("regions, plans and tags are told with how many tenants within reach have them", async () => {
  expect(await perform(tenantFacets, as("viewer"), {})).toEqual({
    regions: [{ value: "local", tenants: 3 }],
    plans: [
      { value: "starter", tenants: 2 },
      { value: "business", tenants: 1 },
    ],
    tags: [
      { value: "eu", tenants: 2 },
      { value: "mine", tenants: 1 },
    ],
  });
  const mine = await perform(tenantFacets, as("viewer", { scope }), {});
  expect(mine.tags).toEqual([
    { value: "eu", tenants: 1 },
    { value: "mine", tenants: 1 },
  ]);
});
