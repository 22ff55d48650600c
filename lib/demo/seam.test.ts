import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { setRolledUp, writeBuckets } from "@/lib/history/testing-usage";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { makePast } from "./past";
import { markDemo } from "./testing-demo";

const now = new Date("2026-11-18T10:25:40.000Z");
const at = (time: string) => new Date(`2026-11-18T${time}Z`);
let control: TestControl;
let client: pg.Client;
let shop: string;
let other: string;

/** A shop was made at 10:22:30, was empty, and is full since 10:23:50; minutes are closed up to 10:25. */
beforeAll(async () => {
  control = await testControl();
  client = new pg.Client({ connectionString: control.url });
  await client.connect();
  const made = await control.makeTenant("hephaestus");
  await markDemo([made]);
  shop = made.id;
  other = (await control.makeTenant("somebody-elses")).id;
  for (const [time, size] of [
    ["10:22:30", 7.8],
    ["10:23:50", 61],
    ["10:25:10", 61.5],
  ] as const)
    await control.sql(
      `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
       VALUES ($1, 'storage', $2, 'MiB', $3, 'pg_database_size')`,
      [shop, size, at(time)],
    );
  await setRolledUp(control, { minute: at("10:25:00"), hour: at("10:00:00"), day: at("00:00:00") });
  for (const id of [shop, other]) {
    const buckets = ["10:22:00", "10:23:00", "10:24:00"].map((time) => ({ at: at(time), mean: 7.8 }));
    await writeBuckets(control, "minute", id, "storage", buckets, "pg_database_size");
    await writeBuckets(control, "hour", id, "storage", [{ at: at("10:00:00"), mean: 7.8 }], "pg_database_size");
  }
  await makePast(client, now);
}, 30_000);
afterAll(async () => {
  await client.end();
  await control.close();
});

const lastOf = async (level: string, id = shop) => {
  const { rows } = await control.sql(
    `SELECT at, storage_last::float8 AS size FROM tenant_usage_${level} WHERE tenant_id = $1 ORDER BY at DESC LIMIT 1`,
    [id],
  );
  return rows[0];
};

test("the past of a shop that was just filled leads up to what it is measured to have", async () => {
  const minute = await lastOf("minutes");
  expect(minute.at).toEqual(at("10:24:00"));
  expect(Math.abs(minute.size - 61.5)).toBeLessThan(0.05);
  expect(Math.abs((await lastOf("hours")).size - 61.5)).toBeLessThan(0.05);
  expect(Math.abs((await lastOf("days")).size - 61.5)).toBeLessThan(0.05);
});

test("its storage never falls by more than a hair from minute to minute, as an empty shop's would", async () => {
  const { rows } = await control.sql(
    `SELECT min(step)::float8 AS fell FROM (
       SELECT storage_last - lag(storage_last) OVER (ORDER BY at) AS step FROM tenant_usage_minutes WHERE tenant_id = $1) steps`,
    [shop],
  );
  expect(rows[0].fell).toBeGreaterThan(-0.1);
});

test("samples stay, and so does everything of tenants that are not the demo's", async () => {
  const { rows } = await control.sql("SELECT count(*)::int AS samples FROM tenant_usage_logs");
  expect(rows[0].samples).toBe(3);
  expect(await lastOf("minutes", other)).toEqual({ at: at("10:24:00"), size: Math.fround(7.8) });
  expect((await lastOf("hours", other)).size).toBe(Math.fround(7.8));
});

test("where roll-ups are stays: nobody's minutes are left out", async () => {
  expect((await control.sql("SELECT level, until FROM usage_rollups ORDER BY until")).rows).toEqual([
    { level: "day", until: at("00:00:00") },
    { level: "hour", until: at("10:00:00") },
    { level: "minute", until: at("10:25:00") },
  ]);
});
