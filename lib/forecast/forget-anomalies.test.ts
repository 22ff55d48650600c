import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { forgetAnomalies } from "./forget-anomalies";
import { dayMs } from "./usual";

process.env.USAGE_DAYS_DAYS = "500";

let control: TestControl;
let tenantId: string;
const now = new Date("2026-10-30T12:00:00.000Z");
const ago = (days: number) => new Date(now.getTime() - days * dayMs);

beforeAll(async () => {
  control = await testControl();
  tenantId = (await control.makeTenant("shop")).id;
});
afterAll(() => control?.close());

beforeEach(async () => {
  await controlDb().usageAnomaly.deleteMany();
  const row = { tenantId, direction: "high", peak: 90, expected: 10, score: 8 };
  await controlDb().usageAnomaly.createMany({
    data: [
      { ...row, metric: "cpu", startedAt: ago(502), endedAt: ago(501) },
      { ...row, metric: "memory", startedAt: ago(501), endedAt: ago(499) },
      { ...row, metric: "latency", startedAt: ago(600) },
      { ...row, metric: "errors", startedAt: ago(2), endedAt: ago(1) },
    ],
  });
});

test("what ended before the days that are kept goes; what goes on, or reaches into them, stays", async () => {
  expect(await forgetAnomalies(now)).toBe(1);
  const left = await controlDb().usageAnomaly.findMany({ orderBy: { metric: "asc" } });
  expect(left.map(({ metric }) => metric)).toEqual(["errors", "latency", "memory"]);
});

test("neither a worker's clock that is ahead nor the database's removes what is not old by what was measured", async () => {
  await controlDb().usageRollup.create({ data: { level: "minute", until: ago(1) } });
  expect(await forgetAnomalies(new Date("2099-01-01T00:00:00Z"))).toBe(1);
  expect(await controlDb().usageAnomaly.count()).toBe(3);
});
