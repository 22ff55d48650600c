import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb, Prisma } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { readFleet } from "./read-fleet";
import { readRaw } from "./read-raw";
import { readSeries } from "./read-series";
import { spanOf } from "./span";
import { readState } from "./state";
import { setRolledUp, writeBuckets } from "./testing-usage";

let control: TestControl;
let tenant: TestTenant;
const minute = 60_000;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("shop");
});

afterAll(async () => {
  await control?.close();
});

const days = { range: "7d", tz: "Europe/Vienna", granularity: "day", width: 800 } as const;

test("a day of 25 hours has all its hours and none of the next, for one tenant and for all", async () => {
  const now = new Date("2026-10-27T10:00:00Z");
  const at = (time: string) => new Date(time);
  await setRolledUp(control, { minute: now, hour: now, day: at("2026-10-27T00:00Z") });
  const begin = at("2026-10-24T22:00Z").getTime();
  const hours = Array.from({ length: 25 }, (_, n) => ({
    at: new Date(begin + n * 60 * minute),
    mean: n === 24 ? 26 : 1,
  }));
  await writeBuckets(control, "hour", tenant.id, "cpu", [
    { at: at("2026-10-24T21:00Z"), mean: 50 },
    ...hours,
    { at: at("2026-10-25T23:00Z"), mean: 100 },
  ]);
  const db = controlDb();
  const frame = spanOf(days, now, await readState(db, now), { tenants: 1, tail: true });
  const row = (await readSeries(db, [tenant.id], ["cpu"], frame, true)).get(tenant.id)?.get("cpu");
  const long = frame.begins.indexOf(begin);
  expect([long - 1, long, long + 1].map((step) => row?.cells[step]?.mean)).toEqual([50, 2, 100]);
  expect(row?.cells[long]?.ms).toBe(25 * 60 * minute);
  expect(row?.last).toBe(100);
  const fleet = (await readFleet(db, Prisma.sql`true`, ["cpu"], frame)).get("cpu");
  expect(fleet?.points.slice(long - 1, long + 2).map(([, value]) => value)).toEqual([50, 2, 100]);
});

test("minutes from what was measured are those that adding up each millisecond gives", async () => {
  const from = Date.parse("2026-11-22T10:00:00Z");
  const end = from + 8 * minute;
  const sample = fc.record({ at: fc.integer({ min: -200, max: 480 }), value: fc.integer({ min: 0, max: 9 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(sample, { maxLength: 25 }), async (samples) => {
      await control.sql("DELETE FROM tenant_usage_logs");
      await control.sql(
        `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
         SELECT $1, 'cpu', value, '', to_timestamp(at), 'proc' FROM unnest($2::float8[], $3::float8[]) WITH ORDINALITY g (at, value, n) ORDER BY n`,
        [tenant.id, samples.map(({ at }) => from / 1000 + at), samples.map(({ value }) => value)],
      );
      const found = await readRaw(controlDb(), [tenant.id], ["cpu"], from, end);
      const told = found.map(({ at, cell: { mean, ms, min, max } }) => [at, Math.round(mean * ms), ms, min, max]);
      expect(told).toEqual(bySeconds(samples, from));
    }),
    { numRuns: 25 },
  );
});

test.each(["NaN", "Infinity", "-Infinity", "1e39"])("%s is no sample: the value before stands on", async (odd) => {
  const from = Date.parse("2026-11-22T10:00:00Z");
  await control.sql("DELETE FROM tenant_usage_logs");
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     VALUES ($1, 'cpu', 5, '', $2, 'proc'), ($1, 'cpu', $3::float8, '', $4, 'proc')`,
    [tenant.id, new Date(from), odd, new Date(from + 30_000)],
  );
  const found = await readRaw(controlDb(), [tenant.id], ["cpu"], from, from + minute);
  expect(found.map(({ cell }) => cell)).toEqual([{ mean: 5, ms: minute, min: 5, max: 5 }]);
});

/** The same the slow way: what stands in each second of eight minutes. */
function bySeconds(samples: { at: number; value: number }[], from: number): number[][] {
  return Array.from({ length: 8 }, (_, n) => n).flatMap((n) => {
    const standing = Array.from({ length: 60 }, (_, second) => {
      const now = n * 60 + second;
      const newest = Math.max(...samples.filter(({ at }) => at <= now).map(({ at }) => at));
      return now - newest < 150 ? (samples.filter(({ at }) => at === newest).at(-1)?.value ?? null) : null;
    }).filter((value) => value !== null);
    if (standing.length === 0) return [];
    const sum = standing.reduce((total, value) => total + value, 0) * 1000;
    return [[from + n * minute, sum, standing.length * 1000, Math.min(...standing), Math.max(...standing)]];
  });
}
