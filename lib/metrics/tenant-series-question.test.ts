import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tenantBuckets } from "./tenant-series-question";

let control: TestControl;

beforeAll(async () => {
  control = await testControl();
});

afterAll(() => control?.close());

test.each(["NaN", "Infinity", "1e39"])("%s is no sample: the value before stands on", async (odd) => {
  const { id } = await control.makeTenant(`shop-${odd.toLowerCase()}`);
  const from = Date.parse("2026-11-22T10:00:00Z");
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     VALUES ($1, 'cpu', 5, '', $2, 'proc'), ($1, 'cpu', $3::float8, '', $4, 'proc')`,
    [id, new Date(from), odd, new Date(from + 30_000)],
  );
  const found = await tenantBuckets(controlDb(), id, { from, to: from + 60_000, step: 60_000 });
  expect(found.get("cpu")?.buckets.map(({ value, last }) => [value, last])).toEqual([[5, 5]]);
});
