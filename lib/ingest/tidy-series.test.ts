import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { tidySeries } from "./tidy-series";

let control: TestControl;
beforeAll(async () => {
  control = await testControl();
});
afterAll(() => control.close());

test("series that are no longer sent make room after three hours, newest values go after a week", async () => {
  const now = new Date("2026-03-01T12:00:00Z");
  const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
  const tenantId = crypto.randomUUID();
  const series = (hash: number, seenAt: Date) =>
    controlDb().otlpSeries.create({
      data: { tenantId, hash: Uint8Array.of(hash), metric: "http.2", startedAt: seenAt, at: seenAt, seenAt },
    });
  await Promise.all([series(1, ago(2.9)), series(2, ago(3.1))]);
  const reading = (metric: string, at: Date) =>
    controlDb().tenantAppReading.create({ data: { tenantId, metric, value: 1, at } });
  await Promise.all([reading("errors", ago(167)), reading("appCpu", ago(169))]);
  await tidySeries(now);
  expect((await controlDb().otlpSeries.findMany()).map(({ hash }) => hash[0])).toEqual([1]);
  expect((await controlDb().tenantAppReading.findMany()).map(({ metric }) => metric)).toEqual(["errors"]);
});
