import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { columnOf, metricNames } from "@/lib/kernel/metrics";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { figures } from "./columns";
import { keepLake } from "./keep-lake";
import { daysAgo, dayText, duck, fillDays, makeRows, newFolder, usageOf } from "./testing-lake";

let control: TestControl;
let ids: string[];
const folder = newFolder();
const first = daysAgo(2);
const signal = new AbortController().signal;
const names = {
  plain: 'Acme, "Ltd"\nVienna',
  formula: "=1+1",
  hebrew: "שלום עולם",
  emoji: "🦜 Parquet 👩🏽‍🚀",
};

beforeAll(async () => {
  control = await testControl();
  ids = await makeRows(control, names);
  await fillDays(control, first, 2, ids);
  await keepLake({ folder, level: "minute" }, () => new Date(), signal);
}, 120_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await control?.close();
});

test("DuckDB reads every row and value as the database has it", async () => {
  const columns = metricNames.map(columnOf);
  const rows = await duck(`SELECT * FROM ${usageOf(folder)} ORDER BY tenant, time`);
  const { rows: wanted } = await control.sql(
    `SELECT usage.*, sources, slug, name, plan, region FROM tenant_usage_minutes usage
       JOIN usage_source_sets ON id = source_set JOIN tenants ON tenants.id = tenant_id ORDER BY tenant_id::text, at`,
  );
  expect(rows.length).toBe(ids.length * 2 * 1440);
  const told = wanted.map((row) => ({
    time: row.at.toISOString(),
    day: row.at.toISOString().slice(0, 10),
    tenant: row.tenant_id,
    level: "minute",
    slug: row.slug,
    name: row.name,
    plan: row.plan,
    region: row.region,
    ...Object.fromEntries(
      columns.flatMap((column) => [
        [`${column}_mean`, row[`${column}_ms`] ? row[`${column}_sum`] / row[`${column}_ms`] : null],
        ...["min", "max", "last"].map((part) => [
          `${column}_${part}`,
          row[`${column}_${part}`] === null ? null : Math.fround(row[`${column}_${part}`]),
        ]),
        [`${column}_known_ms`, row[`${column}_ms`]],
      ]),
    ),
  }));
  const found = rows.map(({ sources: _, server: __, day, ...row }) => ({ ...row, day: String(day).slice(0, 10) }));
  expect(found).toEqual(told);
  const renamed = wanted.map((row) =>
    Object.fromEntries(Object.entries(row.sources).map(([metric, source]) => [columnOf(metric), source])),
  );
  expect(rows.map((row) => JSON.parse(String(row.sources)))).toEqual(renamed);
});

test("what is unknown is NULL and what is nothing is 0", async () => {
  const [row] = await duck(`
    SELECT count(*) FILTER (cpu_mean IS NULL) AS cpu, count(*) FILTER (cpu_known_ms IS NULL) AS known,
           count(*) FILTER (storage_mean = 0) AS storage, count(latency_mean) AS latency, count(*) AS "all"
      FROM ${usageOf(folder)}`);
  const hour = ids.length * 2 * 60;
  const all = ids.length * 2 * 1440;
  expect(row).toEqual({ cpu: hour, known: hour, storage: all, latency: 0, all });
});

test("names come through as they are", async () => {
  const found = await duck(`SELECT DISTINCT slug, name FROM ${usageOf(folder)}`);
  expect(Object.fromEntries(found.map(({ slug, name }) => [slug, name]))).toEqual(names);
});

test("columns have the types that the documentation names, and times are UTC's", async () => {
  const rows = await duck(`DESCRIBE SELECT * FROM ${usageOf(folder)}`);
  const types = Object.fromEntries(rows.map(({ column_name, column_type }) => [column_name, column_type]));
  const ofFigure = { mean: "DOUBLE", min: "FLOAT", max: "FLOAT", last: "FLOAT", known_ms: "INTEGER" };
  expect(types).toEqual({
    time: "TIMESTAMP WITH TIME ZONE",
    ...Object.fromEntries(
      ["level", "slug", "name", "plan", "region", "server", "sources"].map((name) => [name, "VARCHAR"]),
    ),
    ...Object.fromEntries(
      metricNames.flatMap((metric) => figures.map((figure) => [`${columnOf(metric)}_${figure}`, ofFigure[figure]])),
    ),
    day: "DATE",
    tenant: "VARCHAR",
  });
  const [schema] = await duck(
    `SELECT DISTINCT logical_type FROM parquet_schema('${folder}/usage/*/*/*.parquet') WHERE name = 'time'`,
  );
  expect(String(schema?.logical_type)).toContain("isAdjustedToUTC=1");
});

test("a file says of itself what it holds", async () => {
  const rows = await duck(`
    SELECT DISTINCT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata('${folder}/usage/*/tenant=${ids[0]}/*.parquet')
     WHERE decode(key) NOT LIKE '%written_at'`);
  const told = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  expect(told).toMatchObject({ "tenantry.level": "minute", "tenantry.tenant": ids[0], "tenantry.schema_version": "1" });
  expect(JSON.parse(String(told["tenantry.units"]))).toMatchObject({ cpu: "percent of one core", storage: "MiB" });
});

test("a question about a day and a tenant reads that one file", async () => {
  const [plan] = await duck(`
    EXPLAIN ANALYZE SELECT max(cpu_max) FROM ${usageOf(folder)}
     WHERE day = '${dayText(first)}' AND tenant = '${ids[1]}'`);
  expect(String(plan?.explain_value)).toMatch(/Scanning Files:\s*1\/8|Total Files Read:\s*1\b/);
});

test("all tenants stand there by day, also those without usage", async () => {
  const rows = await duck(`
    SELECT slug, name, plan, region, server, tags::VARCHAR AS tags, status, created, deleted, day::VARCHAR AS day
      FROM read_parquet('${folder}/tenants/*/*.parquet', hive_partitioning = true) WHERE id = '${ids[3]}' ORDER BY day`);
  const { rows: known } = await control.sql(
    "SELECT tenants.created_at, servers.name FROM tenants, servers WHERE tenants.id = $1",
    [ids[3]],
  );
  const tenant = { slug: "emoji", name: names.emoji, plan: "growth", region: "eu-1", tags: "[pilot, 'a, b']" };
  const rest = { server: known[0]?.name, status: "active", created: known[0]?.created_at.toISOString(), deleted: null };
  expect(rows).toEqual([0, 1].map((day) => ({ ...tenant, ...rest, day: dayText(daysAgo(2 - day)) })));
});

test("the database tells of each day what stands there", async () => {
  const { rows } = await control.sql(
    "SELECT day::text, level, rows::int, tenants, bytes::int FROM lake_days ORDER BY day",
  );
  expect(rows.map(({ bytes: _, ...row }) => row)).toEqual(
    [2, 1].map((ago) => ({ day: dayText(daysAgo(ago)), level: "minute", rows: 4 * 1440, tenants: 4 })),
  );
  const [sizes] = await duck(
    `SELECT sum(size)::BIGINT AS bytes FROM (SELECT size FROM read_blob('${folder}/usage/*/*/*.parquet')
      UNION ALL SELECT size FROM read_blob('${folder}/tenants/*/*.parquet'))`,
  );
  expect(rows.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sizes?.bytes);
});
