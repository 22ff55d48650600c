import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roleConfig } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { tenantPassword } from "@/lib/tenants/secret";
import { chunksOf, copyDump, mysqlDump, wholeMysql, wholePostgres } from "./testing-dumps";
import { brief, data, domainColumns, ImportSite, stanclColumns } from "./testing-imports";

let site: ImportSite;
const folder = mkdtempSync(join(tmpdir(), "tenantry-import-"));
beforeAll(async () => {
  site = await ImportSite.open();
});
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true });
});

describe("a registry of stancl/tenancy in a MySQL dump", () => {
  let dump: string;
  beforeAll(async () => {
    const [one, two] = [await site.database("one"), await site.database("two")];
    dump = wholeMysql(
      mysqlDump("domains", domainColumns, [
        ["1", "one", `one-${site.tag}`, "2024-02-02 00:00:00", null],
        ["2", `shop-${site.tag}.example.org`, `one-${site.tag}`, null, null],
        ["3", "nobody.example.org", "gone", null, null],
      ]) +
        mysqlDump("tenants", stanclColumns, [
          [
            `one-${site.tag}`,
            "2024-01-02 03:04:05",
            null,
            data({ tenancy_db_name: one, name: "One & Co", theme: "dark", api_key: "k" }),
          ],
          [`two-${site.tag}`, null, null, data({ tenancy_db_name: two, status: "suspended" })],
          ["moved-not", null, null, data({ tenancy_db_name: "x", tenancy_db_connection: "mysql" })],
          ["lost", null, null, data({ tenancy_db_name: "no_such_database" })],
          ["nameless", null, null, "{}"],
        ]),
    );
  });
  const source = () => ({ chunks: chunksOf(dump, 100) });
  const plan = () => ({
    [`one-${site.tag}`]: "adopt",
    [`two-${site.tag}`]: "adopt",
    "moved-not": "not_postgresql",
    lost: "not_found",
    nameless: "no_database",
  });

  test("a dry run shows the plan, and nothing is changed", async () => {
    const report = await site.run({ source: source(), centralDomain: "central.example.org", dryRun: true });
    expect(brief(report)).toEqual(plan());
    expect(report).toMatchObject({ dryRun: true, strayDomains: 1, unsettled: 0 });
    expect(await controlDb().tenant.count()).toBe(0);
  });

  test("an import does just that; the databases answer to their tenants, with what was in them", async () => {
    const report = await site.run({ source: source(), centralDomain: "central.example.org" });
    expect(brief(report)).toEqual({ ...plan(), [`one-${site.tag}`]: "adopted", [`two-${site.tag}`]: "adopted" });
    expect(report.unsettled).toBe(1);
    await site.work();
    const one = await site.ofKey(`one-${site.tag}`);
    expect(one).toMatchObject({ status: "active", name: "One & Co", slug: `one-${site.tag}`, adopted: true });
    expect(one?.createdAt.toISOString()).toBe("2024-01-02T03:04:05.000Z");
    expect(one?.domains.map(({ hostname, createdAt }) => [hostname, createdAt.getUTCFullYear() === 2024])).toEqual([
      ["one.central.example.org", true],
      [`shop-${site.tag}.example.org`, false],
    ]);
    // What is named like a secret, and stancl's own, is not taken over.
    expect(one?.settings).toEqual({ imported: { key: `one-${site.tag}`, settings: { theme: "dark" } } });
    if (!one) throw new Error("not imported");
    const password = await tenantPassword(one);
    const client = new pg.Client(roleConfig(site.control.access, { user: one.role, password, database: one.database }));
    await client.connect();
    expect((await client.query("SELECT n FROM orders")).rows).toEqual([{ n: 3 }]);
    await client.end();
  });

  test("run again, it goes on: the status that had to wait is set, and nothing is done twice", async () => {
    const report = await site.run({ source: source() });
    expect(brief(report)).toEqual({ ...plan(), [`one-${site.tag}`]: "already", [`two-${site.tag}`]: "already" });
    expect(report.unsettled).toBe(0);
    expect(await site.ofKey(`two-${site.tag}`)).toMatchObject({ status: "suspended" });
    expect(await controlDb().tenant.count()).toBe(2);
    // Whoever is activated here later is not suspended again.
    await controlDb().tenant.updateMany({ where: { slug: `two-${site.tag}` }, data: { status: "active" } });
    await site.run({ source: source() });
    expect(await site.ofKey(`two-${site.tag}`)).toMatchObject({ status: "active" });
  });

  test("a gzip of it in a file is read just so, and one that ends early is refused", async () => {
    const file = join(folder, "registry.sql.gz");
    writeFileSync(file, gzipSync(dump));
    expect(brief(await site.run({ source: { dump: file }, dryRun: true }))[`one-${site.tag}`]).toBe("already");
    writeFileSync(file, gzipSync(dump).subarray(0, 300));
    await expect(site.run({ source: { dump: file } })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/cut off/),
    });
    writeFileSync(file, "PGDMP\u0001");
    await expect(site.run({ source: { dump: file } })).rejects.toMatchObject({
      message: expect.stringMatching(/pg_restore/),
    });
    await expect(site.run({ source: { dump: join(folder, "none") } })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a registry of artflow", () => {
  const columns = [
    "id",
    "data",
    "created_at",
    "updated_at",
    "name",
    "database",
    "status",
    "last_accessed_at",
    "settings",
  ];

  test("in a dump by pg_dump, with columns of its own: name, database, status and settings", async () => {
    const three = await site.database("three");
    const id = "6b7d2a52-5f0f-4a53-9f0e-9a1f0d6c8e11";
    const dump = wholePostgres(
      copyDump("domains", domainColumns, [["1", `three-${site.tag}.example.org`, id, null, null]]) +
        copyDump("tenants", columns, [
          [id, null, "2024-01-02 03:04:05+02", null, "Three", three, "blocked", null, '{"timezone": "UTC"}'],
        ]),
    );
    const report = await site.run({ source: { chunks: chunksOf(dump) } });
    expect(report.tenants).toMatchObject([
      { outcome: "adopted", slug: `three-${site.tag}`, status: "blocked", again: true },
    ]);
    await site.work();
    await site.run({ source: { chunks: chunksOf(dump) } });
    expect(await site.ofKey(id)).toMatchObject({
      ...{ name: "Three", status: "blocked", createdAt: new Date("2024-01-02T01:04:05Z") },
      settings: { imported: { key: id, settings: { timezone: "UTC" } } },
    });
  });

  test("in a PostgreSQL database, read as of one moment and without writing", async () => {
    const [four, registry] = [await site.database("four"), await site.database("registry")];
    await site.control.sql(
      `CREATE TABLE tenants (id text PRIMARY KEY, data jsonb, name text, database text, status text, created_at timestamp);
       CREATE TABLE domains (id serial, domain text, tenant_id text, created_at timestamp);
       INSERT INTO tenants VALUES ('four-${site.tag}', '{"a": {"b": 1}}', 'Four', '${four}', 'active', '2024-05-06 07:08:09');
       INSERT INTO domains (domain, tenant_id) SELECT 'd' || n || '-${site.tag}.example.org', 'four-${site.tag}' FROM generate_series(1, 3) AS n`,
      [],
      registry,
    );
    const { host, port, adminUser, adminPassword } = site.control.access;
    const url = `postgres://${adminUser}:${adminPassword}@${host}:${port}/${registry}`;
    expect(brief(await site.run({ source: { url } }))).toEqual({ [`four-${site.tag}`]: "adopted" });
    const four2 = await site.ofKey(`four-${site.tag}`);
    expect(four2?.domains).toHaveLength(3);
    expect(four2).toMatchObject({
      createdAt: new Date("2024-05-06T07:08:09Z"),
      settings: { imported: { settings: { a: { b: 1 } } } },
    });
    await expect(site.run({ source: { url }, tables: { tenants: "companies" } })).rejects.toMatchObject({
      message: expect.stringMatching(/no table "companies"/),
    });
  });
});
