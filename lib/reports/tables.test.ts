import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordAudit } from "@/lib/gate/audit";
import type { Ctx } from "@/lib/gate/context";
import type { Operation } from "@/lib/gate/operation";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import type { Download } from "@/lib/kernel/download";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { closeSnapshots, openSnapshots } from "@/lib/platform/snapshot";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { findTableDownload } from "./download-table";

let control: TestControl;
const scope: Scope = { kind: "tag", values: ["mine"] };

const strange = {
  amber: 'Comma, "quote"\r\nline',
  birch: '=HYPERLINK("http://x")',
  cedar: "שלום עולם \u202eabc",
  dogwood: "👩‍👩‍👧 naïve 日本",
  elm: "\t@SUM(1)",
};

beforeAll(async () => {
  control = await testControl();
  for (const [slug, name] of Object.entries(strange)) {
    const { id } = await control.makeTenant(slug);
    await controlDb().tenant.update({ where: { id }, data: { name, tags: slug === "amber" ? ["mine"] : [] } });
  }
  await control.sql(`
    INSERT INTO tenant_usage_hours (at, tenant_id, source_set, cpu_sum, cpu_ms, cpu_min, cpu_max, cpu_last)
    SELECT date_trunc('hour', now()) - make_interval(hours => hour), id, 1, 3600000 * 12.5, 3600000, -0.5, 20.25, 1
      FROM tenants, generate_series(1, 20) AS hour`);
  await recordAudit(as("owner"), { operation: "tenants.create", outcome: "done", input: { name: strange.amber } });
});
afterAll(async () => {
  await closeSnapshots();
  await control.close();
});

async function rowsOf(ctx: Ctx, name: string, input: object = {}): Promise<Record<string, string>[]> {
  return parse(await textOf(ctx, name, input), { bom: true, columns: true, record_delimiter: "\r\n" });
}

async function textOf(ctx: Ctx, name: string, input: object = {}): Promise<string> {
  const { chunks } = (await perform(findTableDownload(name) as Operation, ctx, input)) as unknown as Download;
  let text = "";
  for await (const chunk of chunks) text += chunk;
  return text;
}

const asText = (name: string) => (/^\s*[=@]/.test(name) ? `'${name}` : name);

describe("tenants", () => {
  test("come with their names as they are, but for what a spreadsheet would run", async () => {
    const rows = await rowsOf(as("analyst"), "tenants");
    expect(rows.map(({ name }) => name)).toEqual(Object.values(strange).map(asText));
    expect(rows[0]).toMatchObject({ slug: "amber", tags: "mine", cpu: "", schemaDrifted: "" });
  });
});

test("usage", async () => {
  const rows = await rowsOf(as("analyst", { scope }), "usage", {
    level: "hour",
    columns: ["at", "cpu_mean", "cpu_min", "tenant"],
  });
  expect(rows).toHaveLength(20);
  expect(rows[0]).toMatchObject({ cpu_mean: "12.5", cpu_min: "-0.5", tenant: "amber" });
  expect(openSnapshots()).toBe(0);
});

test("audit", async () => {
  const rows = await rowsOf(as("admin"), "audit");
  expect(JSON.parse(rows[0]?.input ?? "")).toEqual({ name: strange.amber });
  await expect(rowsOf(as("analyst"), "audit")).rejects.toMatchObject({ code: "forbidden" });
  await expect(rowsOf(as("admin", { scope }), "audit")).rejects.toMatchObject({ code: "forbidden" });
});
