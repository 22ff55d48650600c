import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { markLate } from "./late";
import { rollUp } from "./roll-up";
import { ensureSpans, keptTables } from "./spans";

let control: TestControl;
let writer: pg.Client;
const tenant = "00000000-0000-7000-8000-00000000000a";
const signal = new AbortController().signal;
const minute = Math.floor(Date.now() / 60_000) * 60_000 - 600_000;

beforeAll(async () => {
  control = await testControl();
  await ensureSpans(controlDb(), keptTables, new Date(minute), new Date());
  writer = new pg.Client({ connectionString: control.url });
  await writer.connect();
});

afterAll(async () => {
  await writer?.end();
  await control?.close();
});

const insert = `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
                VALUES ($1, 'cpu', $2, '', $3, 'proc')`;
const roll = (now = new Date()) => rollUp(controlDb(), () => now, signal, { minutes: 60 });
const until = async () => (await controlDb().usageRollup.findUnique({ where: { level: "minute" } }))?.until.getTime();
const mean = async (at: number) => {
  const { rows } = await control.sql("SELECT cpu_sum / cpu_ms AS mean FROM tenant_usage_minutes WHERE at = $1", [
    new Date(at),
  ]);
  return rows[0]?.mean ?? null;
};

test("a minute is not closed while a writer that began before may still bring an unmarked sample of it", async () => {
  await writer.query(insert, [tenant, 1, new Date(minute)]);
  await writer.query("BEGIN");
  await writer.query(insert, [tenant, 7, new Date(Date.now())]);
  const began = Date.now();
  await roll(new Date(began + 300_000));
  // As if five minutes had gone by for the worker: the writer began just now, so what is before 15 s ago is safe.
  expect(await until()).toBeLessThanOrEqual(began - 15_000);
  await writer.query("COMMIT");
});

test("a writer that commits after its minute was closed has marked it, also where another's mark was there", async () => {
  await controlDb().$transaction(async (tx) => {
    await tx.$executeRawUnsafe(
      insert.replace("$1", "$1::uuid").replace("$3", "$3::timestamptz"),
      tenant,
      2,
      new Date(minute + 60_000),
    );
    await markLate(tx, [{ tenantId: tenant, at: new Date(minute + 60_000) }]);
  });
  const slow = controlDb().$transaction(
    async (tx) => {
      await tx.$executeRawUnsafe(
        insert.replace("$1", "$1::uuid").replace("$3", "$3::timestamptz"),
        tenant,
        8,
        new Date(minute + 60_000),
      );
      await markLate(tx, [{ tenantId: tenant, at: new Date(minute + 60_000) }]);
      // Meanwhile the first one's mark is taken; this sample is not to be seen yet.
      await roll();
      expect(await mean(minute + 60_000)).toBe(2);
      expect(await controlDb().usageLateMinute.count()).toBe(0);
    },
    { timeout: 60_000 },
  );
  await slow;
  expect(await controlDb().usageLateMinute.count()).toBe(1);
  await roll();
  expect(await mean(minute + 60_000)).toBe(8);
  expect(await controlDb().usageLateMinute.count()).toBe(0);
}, 90_000);

test("a sample of now is not marked", async () => {
  await markLate(controlDb(), [{ tenantId: tenant, at: new Date() }]);
  expect(await controlDb().usageLateMinute.count()).toBe(0);
});

test("a sample of now is marked where a clock that was ahead had its minute closed already", async () => {
  const now = new Date();
  const other = "00000000-0000-7000-8000-00000000000b";
  const ahead = new Date(now.getTime() + 3_600_000);
  await roll();
  await controlDb().usageRollup.update({ where: { level: "minute" }, data: { until: ahead } });
  await controlDb().$transaction(async (tx) => {
    await markLate(tx, [{ tenantId: other, at: now }]);
    await tx.$executeRawUnsafe(
      insert.replace("$1", "$1::uuid").replace("$3", "$3::timestamptz"),
      ...[other, 9, now.toISOString()],
    );
  });
  expect(await controlDb().usageLateMinute.count()).toBe(1);
  await roll();
  const { rows } = await control.sql(
    "SELECT DISTINCT cpu_sum / cpu_ms AS mean FROM tenant_usage_minutes WHERE tenant_id = $1",
    [other],
  );
  expect(rows).toEqual([{ mean: 9 }]);
  expect(await until()).toBe(ahead.getTime());
});
