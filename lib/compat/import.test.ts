import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/gate/context";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { systemClock } from "@/lib/kernel/clock";
import { roleConfig } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { runSaga } from "@/lib/tenants/saga";
import { tenantPassword } from "@/lib/tenants/secret";
import { type ImportReport, type ImportWish, importRegistry } from "./import-registry";
import { importRegistryRows } from "./import-rows";
import { chunksOf, copyDump, mysqlDump, wholeMysql, wholePostgres } from "./testing-dumps";

let control: TestControl;
const tag = randomBytes(3).toString("hex");
const name = (of: string) => `tenant${of}_${tag}`;
const made: string[] = [];
const folder = mkdtempSync(join(tmpdir(), "tenantry-import-"));

beforeAll(async () => {
  control = await testControl();
});
afterAll(async () => {
  const { rows } = await control.sql("SELECT role FROM tenants WHERE adopted");
  for (const database of made) await control.sql(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`, [], "postgres");
  for (const { role } of rows) await control.sql(`DROP ROLE IF EXISTS "${role}"`, [], "postgres");
  await control.close();
  rmSync(folder, { recursive: true });
});

/** A database as another platform made it, with something in it. */
async function database(of: string): Promise<string> {
  await control.sql(`CREATE DATABASE "${name(of)}"`, [], "postgres");
  made.push(name(of));
  await control.sql(`CREATE TABLE orders (n int); INSERT INTO orders VALUES (${of.length})`, [], name(of));
  return name(of);
}

const send = (ctx: Partial<Ctx> = {}) =>
  (async (input) => await perform(importRegistryRows, as("admin", ctx), input)) satisfies ImportWish["send"];

const run = (wish: Partial<ImportWish> & Pick<ImportWish, "source">): Promise<ImportReport> =>
  importRegistry({ serverId: control.serverId, send: send(), patienceMs: 0, ...wish });

const brief = ({ tenants }: ImportReport) =>
  Object.fromEntries(tenants.map(({ key, outcome, reason }) => [key, reason ?? outcome]));

/** The worker does what is left of every adoption. */
async function work(): Promise<void> {
  const rows = await controlDb().tenant.findMany({ where: { status: "provisioning" } });
  for (const { id } of rows) await runSaga(id, { clock: systemClock });
}

const ofKey = async (key: string) =>
  await controlDb().tenant.findFirst({
    where: { settings: { path: ["imported", "key"], equals: key }, deletedAt: null },
    include: { domains: { orderBy: { hostname: "asc" } } },
  });

const stanclColumns = ["id", "created_at", "updated_at", "data"];
const domainColumns = ["id", "domain", "tenant_id", "created_at", "updated_at"];
const data = (more: object) => JSON.stringify({ tenancy_db_username: "u", tenancy_db_password: "p", ...more });

describe("a registry of stancl/tenancy in a MySQL dump", () => {
  let dump: string;
  beforeAll(async () => {
    const [one, two] = [await database("one"), await database("two")];
    dump = wholeMysql(
      mysqlDump("domains", domainColumns, [
        ["1", "one", `one-${tag}`, "2024-02-02 00:00:00", null],
        ["2", `shop-${tag}.example.org`, `one-${tag}`, null, null],
        ["3", "nobody.example.org", "gone", null, null],
      ]) +
        mysqlDump("tenants", stanclColumns, [
          [
            `one-${tag}`,
            "2024-01-02 03:04:05",
            null,
            data({ tenancy_db_name: one, name: "One & Co", theme: "dark", api_key: "k" }),
          ],
          [`two-${tag}`, null, null, data({ tenancy_db_name: two, status: "suspended" })],
          ["moved-not", null, null, data({ tenancy_db_name: "x", tenancy_db_connection: "mysql" })],
          ["lost", null, null, data({ tenancy_db_name: "no_such_database" })],
          ["nameless", null, null, "{}"],
        ]),
    );
  });
  const source = () => ({ chunks: chunksOf(dump, 100) });
  const plan = {
    [`one-${tag}`]: "adopt",
    [`two-${tag}`]: "adopt",
    "moved-not": "not_postgresql",
    lost: "not_found",
    nameless: "no_database",
  };

  test("a dry run shows the plan, and nothing is changed", async () => {
    const report = await run({ source: source(), centralDomain: "central.example.org", dryRun: true });
    expect(brief(report)).toEqual(plan);
    expect(report).toMatchObject({ dryRun: true, strayDomains: 1, unsettled: 0 });
    expect(await controlDb().tenant.count()).toBe(0);
  });

  test("an import does just that; the databases answer to their tenants, with what was in them", async () => {
    const report = await run({ source: source(), centralDomain: "central.example.org" });
    expect(brief(report)).toEqual({ ...plan, [`one-${tag}`]: "adopted", [`two-${tag}`]: "adopted" });
    expect(report.unsettled).toBe(1);
    await work();
    const one = await ofKey(`one-${tag}`);
    expect(one).toMatchObject({ status: "active", name: "One & Co", slug: `one-${tag}`, adopted: true });
    expect(one?.createdAt.toISOString()).toBe("2024-01-02T03:04:05.000Z");
    expect(one?.domains.map(({ hostname, createdAt }) => [hostname, createdAt.getUTCFullYear() === 2024])).toEqual([
      ["one.central.example.org", true],
      [`shop-${tag}.example.org`, false],
    ]);
    // What is named like a secret, and stancl's own, is not taken over.
    expect(one?.settings).toEqual({ imported: { key: `one-${tag}`, settings: { theme: "dark" } } });
    if (!one) throw new Error("not imported");
    const password = await tenantPassword(one);
    const client = new pg.Client(roleConfig(control.access, { user: one.role, password, database: one.database }));
    await client.connect();
    expect((await client.query("SELECT n FROM orders")).rows).toEqual([{ n: 3 }]);
    await client.end();
  });

  test("run again, it goes on: the status that had to wait is set, and nothing is done twice", async () => {
    const report = await run({ source: source() });
    expect(brief(report)).toEqual({ ...plan, [`one-${tag}`]: "already", [`two-${tag}`]: "already" });
    expect(report.unsettled).toBe(0);
    expect(await ofKey(`two-${tag}`)).toMatchObject({ status: "suspended" });
    expect(await controlDb().tenant.count()).toBe(2);
    // Whoever is activated here later is not suspended again.
    await controlDb().tenant.updateMany({ where: { slug: `two-${tag}` }, data: { status: "active" } });
    await run({ source: source() });
    expect(await ofKey(`two-${tag}`)).toMatchObject({ status: "active" });
  });

  test("a gzip of it in a file is read just so, and one that ends early is refused", async () => {
    const file = join(folder, "registry.sql.gz");
    writeFileSync(file, gzipSync(dump));
    expect(brief(await run({ source: { dump: file }, dryRun: true }))[`one-${tag}`]).toBe("already");
    writeFileSync(file, gzipSync(dump).subarray(0, 300));
    await expect(run({ source: { dump: file } })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/cut off/),
    });
    writeFileSync(file, "PGDMP\u0001");
    await expect(run({ source: { dump: file } })).rejects.toMatchObject({
      message: expect.stringMatching(/pg_restore/),
    });
    await expect(run({ source: { dump: join(folder, "none") } })).rejects.toMatchObject({ code: "not_found" });
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
    const three = await database("three");
    const id = "6b7d2a52-5f0f-4a53-9f0e-9a1f0d6c8e11";
    const dump = wholePostgres(
      copyDump("domains", domainColumns, [["1", `three-${tag}.example.org`, id, null, null]]) +
        copyDump("tenants", columns, [
          [id, null, "2024-01-02 03:04:05+02", null, "Three", three, "blocked", null, '{"timezone": "UTC"}'],
        ]),
    );
    const report = await run({ source: { chunks: chunksOf(dump) } });
    expect(report.tenants).toMatchObject([
      { outcome: "adopted", slug: `three-${tag}`, status: "blocked", again: true },
    ]);
    await work();
    await run({ source: { chunks: chunksOf(dump) } });
    expect(await ofKey(id)).toMatchObject({
      ...{ name: "Three", status: "blocked", createdAt: new Date("2024-01-02T01:04:05Z") },
      settings: { imported: { key: id, settings: { timezone: "UTC" } } },
    });
  });

  test("in a PostgreSQL database, read as of one moment and without writing", async () => {
    const [four, registry] = [await database("four"), await database("registry")];
    await control.sql(
      `CREATE TABLE tenants (id text PRIMARY KEY, data jsonb, name text, database text, status text, created_at timestamp);
       CREATE TABLE domains (id serial, domain text, tenant_id text, created_at timestamp);
       INSERT INTO tenants VALUES ('four-${tag}', '{"a": {"b": 1}}', 'Four', '${four}', 'active', '2024-05-06 07:08:09');
       INSERT INTO domains (domain, tenant_id) SELECT 'd' || n || '-${tag}.example.org', 'four-${tag}' FROM generate_series(1, 3) AS n`,
      [],
      registry,
    );
    const { host, port, adminUser, adminPassword } = control.access;
    const url = `postgres://${adminUser}:${adminPassword}@${host}:${port}/${registry}`;
    expect(brief(await run({ source: { url } }))).toEqual({ [`four-${tag}`]: "adopted" });
    const four2 = await ofKey(`four-${tag}`);
    expect(four2?.domains).toHaveLength(3);
    expect(four2).toMatchObject({
      createdAt: new Date("2024-05-06T07:08:09Z"),
      settings: { imported: { settings: { a: { b: 1 } } } },
    });
    await expect(run({ source: { url }, tables: { tenants: "companies" } })).rejects.toMatchObject({
      message: expect.stringMatching(/no table "companies"/),
    });
  });
});

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
    const five = await database("five");
    await control.makeTenant("fivefold");
    const left = await run({ source: one("fivefold", { tenancy_db_name: five }) });
    expect(left.tenants).toMatchObject([{ outcome: "left", reason: "slug_taken", suggestedSlug: "fivefold-tenant" }]);
    const taken = await run({ source: one("fivefold", { tenancy_db_name: five }), suggested: true });
    expect(taken.tenants).toMatchObject([{ outcome: "adopted", slug: "fivefold-tenant" }]);
  });

  test("a host name that another tenant has proven is left; the tenant itself is adopted", async () => {
    const six = await database("six");
    const other = await control.makeTenant("holder");
    const hostname = `held-${tag}.example.org`;
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
    const report = await run({
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
    const own = new URL(control.url).pathname.slice(1);
    const { database: held } = await control.makeTenant("seven");
    expect(brief(await run({ source: one("thief", { tenancy_db_name: held }) }))).toEqual({ thief: "database_taken" });
    expect(brief(await run({ source: one("thief", { tenancy_db_name: own }) }))).toEqual({ thief: "not_found" });
    expect(brief(await run({ source: one("thief", { tenancy_db_name: "postgres" }) }))).toEqual({ thief: "not_found" });
  });

  test("one request adopts only for some seconds, and the rest is sent again", async () => {
    const [eight, nine] = [await database("eight"), await database("nine")];
    const rows = [eight, nine].map((database, index) => ({
      ...{ key: `late-${index}`, name: `Late ${index}`, slug: `late-${index}-${tag}`, database, domains: [] },
    }));
    let hours = 0;
    const now = () => new Date(Date.now() + hours++ * 10_000);
    const input = { serverId: control.serverId, rows };
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
      perform(importRegistryRows, ctx, { serverId: control.serverId, rows: [{ ...row, ...more }] });
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
