import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { importRegistryRows } from "./import-rows";
import { chunksOf, mysqlDump, wholeMysql } from "./testing-dumps";
import { brief, data, domainColumns, ImportSite, stanclColumns } from "./testing-imports";

let site: ImportSite;
beforeAll(async () => {
  site = await ImportSite.open();
});
afterAll(() => site.close());

describe("what is taken or cannot be", () => {
  const one = (id: string, more: object, values: string[][] = []) => ({
    chunks: chunksOf(
      wholeMysql(
        mysqlDump(
          "domains",
          domainColumns,
          values.map(([domain, of], index) => [`${index}`, domain ?? "", of ?? "", null, null]),
        ) + mysqlDump("tenants", stanclColumns, [[id, null, null, data(more)]]),
      ),
    ),
  });

  test("a slug that another tenant has is left with a suggestion, which the next run may take", async () => {
    const five = await site.database("five");
    await site.control.makeTenant("fivefold");
    const left = await site.run({ source: one("fivefold", { tenancy_db_name: five }) });
    expect(left.tenants).toMatchObject([{ outcome: "left", reason: "slug_taken", suggestedSlug: "fivefold-tenant" }]);
    const taken = await site.run({ source: one("fivefold", { tenancy_db_name: five }), suggested: true });
    expect(taken.tenants).toMatchObject([{ outcome: "adopted", slug: "fivefold-tenant" }]);
  });

  test("a host name that another tenant has proven is left; the tenant itself is adopted", async () => {
    const six = await site.database("six");
    const other = await site.control.makeTenant("holder");
    const hostname = `held-${site.tag}.example.org`;
    await controlDb().domain.create({
      data: {
        id: crypto.randomUUID(),
        tenantId: other.id,
        hostname,
        token: "x",
        verifiedAt: new Date(),
        verifiedBy: "hand",
      },
    });
    const report = await site.run({
      source: one("sixfold", { tenancy_db_name: six }, [
        [hostname, "sixfold"],
        ["no host!", "sixfold"],
      ]),
    });
    expect(report.tenants).toMatchObject([
      {
        outcome: "adopted",
        domains: [
          { outcome: "left", words: expect.stringMatching(/holder has this domain/) },
          { outcome: "left", words: expect.stringMatching(/not a domain name/) },
        ],
      },
    ]);
  });

  test("a database that a tenant has already, and Tenantry's own, is nobody else's", async () => {
    const own = new URL(site.control.url).pathname.slice(1);
    const { database: held } = await site.control.makeTenant("seven");
    expect(brief(await site.run({ source: one("thief", { tenancy_db_name: held }) }))).toEqual({
      thief: "database_taken",
    });
    expect(brief(await site.run({ source: one("thief", { tenancy_db_name: own }) }))).toEqual({ thief: "not_found" });
    expect(brief(await site.run({ source: one("thief", { tenancy_db_name: "postgres" }) }))).toEqual({
      thief: "not_found",
    });
  });

  test("one request adopts only for some seconds, and the rest is sent again", async () => {
    const [eight, nine] = [await site.database("eight"), await site.database("nine")];
    const rows = [eight, nine].map((database, index) => ({
      ...{ key: `late-${index}`, name: `Late ${index}`, slug: `late-${index}-${site.tag}`, database, domains: [] },
    }));
    let hours = 0;
    const now = () => new Date(Date.now() + hours++ * 10_000);
    const input = { serverId: site.control.serverId, rows };
    const { tenants } = await perform(importRegistryRows, as("admin", { now }), input);
    expect(tenants.map(({ outcome, again }) => [outcome, again])).toEqual([
      ["adopted", false],
      ["later", true],
    ]);
    const rest = await perform(importRegistryRows, as("admin"), input);
    expect(rest.tenants.map(({ outcome }) => outcome)).toEqual(["already", "adopted"]);
  });

  test("who may not set a status or domains can't import them, and who may not adopt imports nothing", async () => {
    const row = { key: "k", name: "K", slug: "kkk", database: "none", domains: [] };
    const ask = (ctx: Ctx, more: object) =>
      perform(importRegistryRows, ctx, { serverId: site.control.serverId, rows: [{ ...row, ...more }] });
    const actor = {
      kind: "key",
      id: "k",
      name: "k",
      prefix: "k",
      rateLimit: null,
      permissions: ["tenants:create"],
      scope: { kind: "all" },
    } as const;
    await expect(ask(as("admin", { actor }), { status: "blocked" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask(as("admin", { actor }), { domains: [{ domain: "a.example.org" }] })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect((await ask(as("admin", { actor }), {})).tenants).toMatchObject([{ reason: "not_found" }]);
    await expect(ask(as("viewer"), {})).rejects.toMatchObject({ code: "forbidden" });
  });
});
