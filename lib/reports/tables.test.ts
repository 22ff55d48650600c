import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { recordAudit } from "@/lib/gate/audit";
import { as, type Who } from "@/lib/gate/testing";
import { builtInRoles, type Permission } from "@/lib/kernel/permissions";
import type { Scope } from "@/lib/kernel/scope";
import { controlDb } from "@/lib/platform/prisma";
import { closeSnapshots, openSnapshots } from "@/lib/platform/snapshot";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tableShapes } from "./contract-tables";
import { tableKinds, tables } from "./tables";
import { downloadOf, fillTables, neededBy, rowsOf, safely, strangeNames, textOf } from "./testing-tables";

let control: TestControl;
let world: { run: string; ids: string[] };
const scope: Scope = { kind: "tag", values: ["mine"] };
const mine = ["amber", "cedar", "elm", "gorse"];
const names = tableShapes.map(({ name }) => name);
const needs = (name: string) => neededBy(name, world, control.serverId);

beforeAll(async () => {
  control = await testControl();
  world = await fillTables(control);
  await recordAudit(as("owner"), { operation: "tenants.create", outcome: "done", input: { name: strangeNames.amber } });
});
afterAll(async () => {
  await closeSnapshots();
  await control.close();
});

describe("the tables", () => {
  test("each has its words, its columns with theirs, and a place among those that can be read", () => {
    expect(new Set(names).size).toBe(names.length);
    expect(tables.map(({ shape }) => shape.name).sort()).toEqual([...names].sort());
    expect(tableKinds.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const { name, title, words, columns, contract } of tableShapes) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z]/);
      expect(words).toMatch(/^[A-Z].*\.$/);
      expect(contract.path.endsWith(`/${name}`)).toBe(true);
      expect(Object.keys(columns).length).toBeGreaterThan(1);
      for (const [column, told] of Object.entries(columns)) {
        expect(column).toMatch(/^[a-z][A-Za-z]*(_[a-z]+)?$/);
        expect(told.length, `${name}.${column}`).toBeGreaterThan(2);
      }
    }
  });

  test.each(names)("%s is a file with its columns for who may see it, and for nobody else", async (name) => {
    const shape = tableShapes.find((one) => one.name === name);
    if (!shape) throw new Error(name);
    const text = await textOf(as("owner"), name, needs(name));
    expect(text.startsWith("\ufeff")).toBe(true);
    const rows: string[][] = parse(text, { bom: true, record_delimiter: "\r\n" });
    expect(rows[0]).toEqual(Object.keys(shape.columns));
    for (const role of ["analyst", "operator", "admin", "auditor", "viewer", "nobody"] satisfies Who[]) {
      const held: readonly Permission[] = role === "nobody" ? [] : builtInRoles[role].permissions;
      const may = held.includes("reports:read") && held.includes(shape.access);
      const got = textOf(as(role), name, needs(name));
      if (may) expect(parse(await got, { bom: true })[0]).toEqual(rows[0]);
      else await expect(got).rejects.toMatchObject({ code: role === "nobody" ? "unauthenticated" : "forbidden" });
    }
    expect(openSnapshots()).toBe(0);
  });

  test.each(names)("%s tells who reaches some tenants of those alone, or nothing", async (name) => {
    const shape = tableShapes.find((one) => one.name === name);
    const narrow = textOf(as("owner", { scope }), name, needs(name));
    if (!shape?.scoped) return await expect(narrow).rejects.toMatchObject({ code: "forbidden" });
    const rows: Record<string, string>[] = parse(await narrow, { bom: true, columns: true });
    const column = name === "tenants" ? "slug" : "tenant";
    const told = new Set(rows.flatMap((row) => row[column] ?? []));
    for (const slug of told) expect(mine).toContain(slug);
    const text = await narrow;
    for (const slug of ["birch", "dogwood", "hazel"]) expect(text).not.toContain(slug);
    if (["tenants", "usage", "activities", "domains", "bulk-items", "anomalies", "tenant-schemas"].includes(name))
      expect([...told].sort()).toEqual(mine);
  });

  test.each(names)(
    "%s has the columns that are chosen, in that order, and refuses others at their field",
    async (name) => {
      const all = Object.keys(tableShapes.find((one) => one.name === name)?.columns ?? {});
      const columns = all.slice(0, 3).reverse();
      const compare = async () => {
        const whole = await rowsOf(as("owner"), name, needs(name));
        const chosen = await rowsOf(as("owner"), name, { ...needs(name), columns });
        const cut = whole.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
        // The trail has one more by each download.
        expect(chosen.slice(0, name === "audit" ? cut.length : undefined)).toEqual(cut);
      };
      // What other tests leave on the server comes and goes between two readings.
      if (name === "orphans") await vi.waitFor(compare, 20_000);
      else await compare();
      const wrong = textOf(as("owner"), name, { ...needs(name), columns: ["secret"] });
      await expect(wrong).rejects.toMatchObject({
        code: "invalid",
        fields: { "columns.0": expect.stringContaining("one of") },
      });
      const twice = textOf(as("owner"), name, { ...needs(name), columns: [all[0], all[0]] });
      await expect(twice).rejects.toMatchObject({ fields: { columns: "Name each column once." } });
    },
  );
});

describe("names that are hard to write", () => {
  test.each(["tenants", "usage", "activities", "domains", "bulk-items", "anomalies", "tenant-schemas"])(
    "come through in %s",
    async (name) => {
      const rows = await rowsOf(as("owner"), name, needs(name));
      const column = name === "tenants" ? "slug" : "tenant";
      expect(rows.length).toBeGreaterThanOrEqual(8);
      for (const row of rows) {
        const written = strangeNames[row[column] as keyof typeof strangeNames];
        expect(row.name).toBe(safely(written));
      }
    },
  );

  test("numbers below zero stay numbers, unknown is empty, and times are UTC", async () => {
    const text = await textOf(as("analyst"), "usage", {
      ...{ level: "hour", tenant: [world.ids[0]] },
      columns: ["tenant", "at", "cpu_mean", "cpu_min", "cpu_max", "memory_mean"],
    });
    expect(text.split("\r\n")[1]).toMatch(/^"amber",\d{4}-\d\d-\d\dT\d\d:00:00\.000Z,12\.5,-0\.5,20\.25,$/);
  });
});

test("a figure that is no number in the database is unknown in the file", async () => {
  await control.sql(`UPDATE tenant_usage_hours SET cpu_min = '-Infinity', cpu_max = 'NaN' WHERE tenant_id = $1`, [
    world.ids[7],
  ]);
  const columns = ["cpu_mean", "cpu_min", "cpu_max", "at"];
  const text = await textOf(as("analyst"), "usage", { level: "hour", tenant: [world.ids[7]], columns });
  expect(text.split("\r\n")[1]).toMatch(/^12\.5,,,\d{4}-/);
  expect(text).not.toMatch(/NaN|Infinity/);
});

describe("a file against the database", () => {
  test("usage has every row of the period, and no other", async () => {
    const from = new Date(Date.now() - 10.5 * 3_600_000).toISOString();
    const rows = await rowsOf(as("analyst"), "usage", { level: "hour", from, plan: ["starter"] });
    const stored = await control.sql(
      `SELECT t.slug, u.at, u.cpu_sum / u.cpu_ms AS mean FROM tenant_usage_hours u JOIN tenants t ON t.id = u.tenant_id
        WHERE u.at >= $1 ORDER BY t.slug, u.at`,
      [from],
    );
    expect(rows.map(({ tenant, at, cpu_mean }) => [tenant, at, Number(cpu_mean)])).toEqual(
      stored.rows.map(({ slug, at, mean }) => [slug, at.toISOString(), mean]),
    );
  });

  test("the audit trail has every event with what was asked for, as the filter of the list leaves them", async () => {
    const rows = await rowsOf(as("admin"), "audit", { operation: "tenants", actor: "OWNER@" });
    const stored = await controlDb().auditEvent.findMany({ where: { operation: { startsWith: "tenants." } } });
    expect(rows.map(({ id, operation, createdAt }) => [id, operation, createdAt])).toEqual(
      stored.map(({ id, operation, createdAt }) => [String(id), operation, createdAt.toISOString()]),
    );
    expect(JSON.parse(rows[0]?.input ?? "")).toEqual({ name: strangeNames.amber });
  });

  test("a bulk run tells in words what it did, and of how many tenants", async () => {
    const [run] = await rowsOf(as("operator"), "bulk-runs");
    expect(run).toMatchObject({ id: world.run, failed: "8", total: "8", pending: "0", note: "two\nlines" });
    expect(run).toMatchObject({ plannedBy: 'Ada, "=x"', action: "activate", confirmedAt: "" });
    expect(run?.title?.length).toBeGreaterThan(3);
  });

  test("a domain that is lost is told as lost, with the record that proves it", async () => {
    const rows = await rowsOf(as("operator"), "domains", { columns: ["tenant", "state", "recordName", "recordValue"] });
    expect(rows.find(({ tenant }) => tenant === "elm")).toMatchObject({
      ...{ state: "lost", recordName: "_tenantry.elm.example.com", recordValue: "tenantry-verification=token" },
    });
    expect(rows.find(({ tenant }) => tenant === "fir")?.state).toBe("verified");
  });
});

describe("a download", () => {
  const count = () => controlDb().auditEvent.count({ where: { operation: "reports.tables.usage", outcome: "done" } });

  test("is in the audit trail with its filter before the first row leaves", async () => {
    const before = await count();
    const { chunks, fileName, contentType } = await downloadOf(as("analyst"), "usage", { plan: ["starter"] });
    expect(await count()).toBe(before + 1);
    expect(fileName).toMatch(/^tenantry-usage-[\dTZ-]+\.csv$/);
    expect(contentType).toContain("text/csv");
    await chunks.return();
  });

  test("gives its connection back when it is ended midway, before its begin, and when who asked has gone", async () => {
    const begun = await downloadOf(as("analyst"), "usage", { level: "hour" });
    await begun.chunks.next();
    expect(openSnapshots()).toBe(1);
    await begun.chunks.return();
    expect(openSnapshots()).toBe(0);
    await (await downloadOf(as("analyst"), "usage")).chunks.return();
    expect(openSnapshots()).toBe(0);
    const gone = new AbortController();
    const left = await downloadOf(as("analyst", { signal: gone.signal }), "usage", { level: "hour" });
    await left.chunks.next();
    gone.abort();
    await expect(left.chunks.next()).rejects.toMatchObject({ code: "unavailable" });
    expect(openSnapshots()).toBe(0);
  });
});

describe("a table in the background", () => {
  test("is the same file, with a title, and tells how far it is", async () => {
    const kind = tableKinds.find(({ name }) => name === "usage");
    const told: [number, number | null][] = [];
    const input = kind?.input.parse({ level: "hour", range: "7d" }) as never;
    let text = "";
    const made = kind?.make(as("analyst"), input, (rows, total) => told.push([rows, total]));
    for await (const chunk of made ?? []) text += typeof chunk === "string" ? chunk : Buffer.from(chunk).toString();
    expect(text).toBe(await textOf(as("analyst"), "usage", { level: "hour", range: "7d" }));
    expect([told[0], told.at(-1)]).toEqual([
      [0, 160],
      [160, 160],
    ]);
    expect(kind?.title(input)).toBe("Usage, last 7 days");
    expect(openSnapshots()).toBe(0);
  });
});
