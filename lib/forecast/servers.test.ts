import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { writeBuckets } from "@/lib/history/testing-usage";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { seriesOfServer } from "./server-series";
import { readServers } from "./server-use";
import { writeUsage } from "./testing-usage";
import { hourMs } from "./usual";

let control: TestControl;
const begin = Date.UTC(2026, 9, 30);
const at = (hour: number) => new Date(begin + hour * hourMs);

beforeAll(async () => {
  control = await testControl();
});
beforeEach(forgetAnswers);
afterAll(() => control?.close());

test("what a server used is tenants' and the rest, of its own hours within the time", async () => {
  const write = (
    metric: "cpu" | "memory" | "cpuUnattributed" | "memoryUnattributed",
    buckets: Parameters<typeof writeBuckets>[4],
  ) => writeBuckets(control, "hour", control.serverId, metric, buckets, "proc", "server");
  const outside = [{ at: at(-1), mean: 9000 }];
  await write("cpu", [
    ...outside,
    { at: at(0), mean: 40, max: 90 },
    { at: at(1), mean: 60 },
    { at: at(2), mean: 9000 },
  ]);
  await write("cpuUnattributed", [{ at: at(1), mean: 50, max: 55 }]);
  await write("memory", [
    { at: at(0), mean: 300 },
    { at: at(1), mean: 500, max: 520 },
  ]);
  await write("memoryUnattributed", [{ at: at(1), mean: 100 }]);
  const use = (await readServers(controlDb(), { from: begin, to: begin + 2 * hourMs }, "hour")).get(control.serverId);
  // The highest is no less than the mean of all of it: 60 + 50, and 500 + 100.
  expect(use).toMatchObject({ cpuAvg: 75, cpuPeak: 110, memoryAvg: 450, memoryPeak: 600 });
  expect(use?.storage).toEqual([
    [begin, null],
    [begin + hourMs, null],
  ]);
  expect(use).toMatchObject({ storageNow: null, connectionsNow: null, connectionsPeak: null });
});

test("a server's series are its own tenants' that are there, and those that vary", async () => {
  const other = newId(new Date(begin));
  await controlDb().server.create({
    data: { id: other, name: "other", region: "local", host: "h", port: 1, adminUser: "u", adminSecret: "" },
  });
  const made: Record<string, TestTenant> = {};
  for (const slug of ["here", "level", "gone", "elsewhere"]) {
    const tenant = await control.makeTenant(slug);
    made[slug] = tenant;
    const values = [0, 1, 3].map((hour) => ({ at: begin + hour * hourMs, value: slug === "level" ? 5 : 10 * hour }));
    await writeUsage(control, { tenant: tenant.id }, "hour", "cpu", [...values, { at: begin + 4 * hourMs, value: 99 }]);
  }
  await controlDb().tenant.update({ where: { id: made.gone?.id ?? "" }, data: { deletedAt: new Date(begin) } });
  await controlDb().tenant.update({ where: { id: made.elsewhere?.id ?? "" }, data: { serverId: other } });
  const frame = { from: begin, stepMs: hourMs, count: 4, level: "hour" } as const;
  for (const by of ["mean", "variation"] as const) {
    const found = await seriesOfServer(controlDb(), control.serverId, "cpu", by, frame);
    expect([...found]).toEqual([[made.here?.id, [0, 10, null, 30]]]);
  }
});
