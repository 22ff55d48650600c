import { rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { markLate } from "@/lib/history/late";
import { rollUp } from "@/lib/history/roll-up";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { keepLake } from "./keep-lake";
import type { LakeLevel } from "./lake";
import { daysAgo, dayText, duck, fillDays, makeRows, newFolder, usageOf } from "./testing-lake";

let control: TestControl;
let ids: string[];
let folder: string;
const folders: string[] = [];
const signal = new AbortController().signal;
const [older, old, newest] = [3, 2, 1].map((ago) => dayText(daysAgo(ago))) as [string, string, string];

beforeAll(async () => {
  control = await testControl();
  ids = await makeRows(control, { one: "One", two: "Two", three: "Three" });
}, 60_000);

beforeEach(async () => {
  folder = newFolder();
  folders.push(folder);
  await control.sql(
    `TRUNCATE lake_days, lake_faults, usage_rollups, usage_late_minutes, tenant_usage_logs,
              tenant_usage_minutes, tenant_usage_hours, tenant_usage_days`,
  );
  await fillDays(control, daysAgo(3), 3, ids, 10);
});

afterAll(async () => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
  await control?.close();
});

const keep = (level: LakeLevel = "minute", now = new Date()) => keepLake({ folder, level }, () => now, signal);

/** The days in the order in which they were written, and when. */
async function written(): Promise<{ day: string; level: string; at: Date }[]> {
  const { rows } = await control.sql(
    "SELECT day::text, level, written_at AS at FROM lake_days ORDER BY written_at, day",
  );
  return rows as { day: string; level: string; at: Date }[];
}

/** Rows and sums of each day and tenant by both, which have to be the same. */
async function expectSame(level: LakeLevel = "minute"): Promise<void> {
  const { rows } = await control.sql(
    `SELECT (at AT TIME ZONE 'UTC')::date::text AS day, tenant_id::text AS tenant, count(*)::int AS rows,
            round(sum(cpu_sum / 1e3))::float8 AS cpu, sum(cpu_ms)::float8 AS known, max(cpu_max)::float8 AS most
       FROM tenant_usage_${level}s GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const found = await duck(
    `SELECT day::VARCHAR AS day, tenant, count(*) AS rows, round(sum(cpu_mean * cpu_known_ms / 1e3)) AS cpu,
            sum(cpu_known_ms)::DOUBLE AS known, max(cpu_max)::DOUBLE AS most
       FROM ${usageOf(folder)} GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  expect(found).toEqual(rows);
}

async function sampleLate(tenant: string, at: Date): Promise<void> {
  await controlDb().$transaction(async (tx) => {
    await tx.$executeRaw`
      INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
      VALUES (${tenant}::uuid, 'cpu', 777, '%', ${at}, 'proc')`;
    await markLate(tx, [{ tenantId: tenant, at }]);
  });
  await rollUp(controlDb(), () => new Date(), signal, { minutes: 1440 });
}

test("the newest day is written first and then the oldest ones, and nothing after that", async () => {
  let second = 0;
  await keepLake({ folder, level: "minute" }, () => new Date(Date.UTC(2026, 0, 1, 0, 0, second++)), signal);
  expect((await written()).map(({ day }) => day)).toEqual([newest, older, old]);
  await expectSame();
  const before = await written();
  await keep();
  expect(await written()).toEqual(before);
});

test("a day is written again after samples came late for it, and no other day is", async () => {
  const first = new Date("2026-01-01T00:00:00Z");
  await keep("minute", first);
  await sampleLate(ids[1] ?? "", new Date(`${old}T10:00:30Z`));
  await keep();
  const again = (await written()).filter(({ at }) => at > first);
  expect(again.map(({ day }) => day)).toEqual([old]);
  await expectSame();
  const [row] = await duck(`SELECT max(cpu_max) AS cpu FROM ${usageOf(folder)} WHERE day = '${old}'`);
  expect(row).toEqual({ cpu: 777 });
});

test("a tenant that has no usage on a day any more has no file there either", async () => {
  await keep();
  await control.sql("DELETE FROM tenant_usage_minutes WHERE tenant_id = $1 AND at < $2", [ids[0], `${old}T00:00Z`]);
  await control.sql("DELETE FROM tenant_usage_days WHERE tenant_id = $1 AND at < $2", [ids[0], `${old}T00:00Z`]);
  await keep();
  await expectSame();
});

test("a day whose files are gone is written again", async () => {
  await keep();
  rmSync(`${folder}/usage/day=${old}`, { recursive: true });
  await keep();
  await expectSame();
});

test("a day keeps the level it was written with, and new ones have the new level", async () => {
  await control.sql("UPDATE usage_rollups SET until = $1", [`${newest}T00:00Z`]);
  await keep("minute");
  await control.sql("UPDATE usage_rollups SET until = $1", [daysAgo(0)]);
  await sampleLate(ids[1] ?? "", new Date(`${old}T10:00:30Z`));
  await keep("hour");
  const levels = Object.fromEntries((await written()).map(({ day, level }) => [day, level]));
  expect(levels).toEqual({ [older]: "minute", [old]: "minute", [newest]: "hour" });
  const rows = await duck(`SELECT level, count(*) AS rows FROM ${usageOf(folder)} GROUP BY 1 ORDER BY 1`);
  const { rows: minutes } = await control.sql("SELECT count(*)::int AS rows FROM tenant_usage_minutes WHERE at < $1", [
    `${newest}T00:00Z`,
  ]);
  expect(rows).toEqual([
    { level: "hour", rows: 3 * 24 },
    { level: "minute", rows: minutes[0]?.rows },
  ]);
});

test("a new day of which some hours have no minutes any more is written by hours: no part passes for the whole", async () => {
  await control.sql("DELETE FROM tenant_usage_minutes WHERE at >= $1 AND at < $2", [`${old}T00:00Z`, `${old}T23:00Z`]);
  await keep("minute");
  const levels = Object.fromEntries((await written()).map(({ day, level }) => [day, level]));
  expect(levels).toEqual({ [older]: "minute", [old]: "hour", [newest]: "minute" });
});

test("hours equal the database's", async () => {
  await keep("hour");
  await expectSame("hour");
});

test("a day that the database has no more stays, and one it has as hours alone is written as these", async () => {
  await control.sql("DELETE FROM tenant_usage_minutes WHERE at < $1", [`${old}T00:00Z`]);
  await keep();
  expect(Object.fromEntries((await written()).map(({ day, level }) => [day, level]))).toEqual({
    [older]: "hour",
    [old]: "minute",
    [newest]: "minute",
  });
  const before = await duck(`SELECT count(*) AS rows, round(sum(cpu_mean), 3) AS cpu FROM ${usageOf(folder)}`);
  await control.sql("TRUNCATE tenant_usage_minutes, tenant_usage_hours");
  await control.sql("UPDATE lake_days SET fingerprint = ''");
  await keep();
  expect(await duck(`SELECT count(*) AS rows, round(sum(cpu_mean), 3) AS cpu FROM ${usageOf(folder)}`)).toEqual(before);
});

test("a day that nobody used is no day of the lake", async () => {
  await control.sql("DELETE FROM tenant_usage_minutes WHERE at >= $1 AND at < $2", [
    `${old}T00:00Z`,
    `${newest}T00:00Z`,
  ]);
  await control.sql("DELETE FROM tenant_usage_hours WHERE at >= $1 AND at < $2", [`${old}T00:00Z`, `${newest}T00:00Z`]);
  await keep();
  expect((await written()).map(({ day }) => day).sort()).toEqual([older, newest]);
});
