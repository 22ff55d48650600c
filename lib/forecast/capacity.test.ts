import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { showCapacity } from "./capacity";
import { writeUsage } from "./testing-usage";
import { dayMs } from "./usual";

let control: TestControl;
const now = new Date("2026-10-30T12:00:00.000Z");
const today = Date.UTC(2026, 9, 30);
const ask = (input = {}) => perform(showCapacity, as("viewer", { now: () => now }), input);

beforeAll(async () => {
  control = await testControl();
  await control.makeTenant("shop");
});
beforeEach(forgetAnswers);
afterAll(() => control?.close());

test("a server of which nothing is known is shown as unknown, and why nothing is foretold", async () => {
  const [server] = (await ask()).servers;
  expect(server).toMatchObject({
    tenants: 1,
    disk: { usedMiB: null, totalMiB: null, freeMiB: null, source: null },
    connections: { now: null, peak: null, limit: null },
    cpu: { avg: null, peak: null, cores: null },
    storage: [],
    outlooks: [{ metric: "storage", refused: { code: "short" } }, { metric: "connections" }],
  });
});

test("what was used and measured, and when it will be full", async () => {
  const days = (valueAt: (day: number) => number) =>
    Array.from({ length: 40 }, (_, day) => ({ at: today - (39 - day) * dayMs, value: valueAt(day) }));
  const of = { server: control.serverId };
  await writeUsage(
    control,
    of,
    "day",
    "storage",
    days((day) => 1000 + 10 * day),
  );
  await writeUsage(
    control,
    of,
    "day",
    "connections",
    days((day) => (day === 30 ? 80 : 20)),
  );
  await writeUsage(
    control,
    of,
    "day",
    "cpu",
    days((day) => (day === 35 ? 150 : 50)),
  );
  await controlDb().server.update({
    where: { id: control.serverId },
    data: { maxConnections: 100, diskTotalMb: 5000, diskFreeMb: 3000, cores: 2 },
  });
  const { servers, span } = await ask();
  expect(span).toMatchObject({ level: "day", stepSeconds: 86_400 });
  expect(servers[0]).toMatchObject({
    disk: { usedMiB: 1390, totalMiB: 5000, freeMiB: 3000, source: expect.stringMatching(/file system/) },
    connections: { now: 20, peak: 80, limit: 100 },
    cpu: { peak: 150, cores: 2 },
  });
  expect(servers[0]?.cpu.avg).toBeGreaterThan(50);
  expect(servers[0]?.outlooks[0]?.reaching?.days).toBeCloseTo(361, -1);
  await controlDb().server.update({ where: { id: control.serverId }, data: { storageCapacityMb: 1500 } });
  const told = (await ask()).servers[0];
  expect(told).toMatchObject({ disk: { totalMiB: 1500, source: expect.stringMatching(/administrator/) } });
  expect(told?.outlooks[0]?.reaching?.days).toBeCloseTo(11, 0);
});

test("a mean counts each day by how long it is known", async () => {
  const half = dayMs / 2;
  await control.sql(
    `UPDATE server_usage_days SET cpu_sum = 250 * $2::float8, cpu_ms = $2, memory_sum = 700 * $2::float8, memory_ms = $2
      WHERE server_id = $1 AND at = $3`,
    [control.serverId, half, new Date(today)],
  );
  const [server] = (await ask()).servers;
  // Of the thirty days, one of 150 %, half a one of 250 %, the others of 50 %.
  expect(server?.cpu.avg).toBeCloseTo((28 * 50 + 150 + 0.5 * 250) / 29.5, 6);
  expect(server?.memory.avg).toBeCloseTo(700, 6);
});
