import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import type { TickTotals } from "./totals";
import { writeTick } from "./write-tick";

let control: TestControl;
let tenantId: string;
let pool: pg.Pool;

beforeAll(async () => {
  control = await testControl();
  tenantId = (await control.makeTenant("shop")).id;
  pool = new pg.Pool({ connectionString: control.url, max: 1 });
});

afterAll(async () => {
  await pool?.end();
  await control?.close();
});

const totals: TickTotals = {
  ...{ cpu: 5, cpuUnattributed: null, memory: null, memoryUnattributed: null, buffers: null, storage: null },
  ...{ requests: null, transactions: null, connections: null, cpuSource: "proc", memorySource: null },
};

async function marked(at: Date): Promise<string[]> {
  await controlDb().usageLateMinute.deleteMany();
  const logs = [{ tenantId, metric: "cpu" as const, value: 5, unit: "%", source: "proc" }];
  const { serverId } = control;
  await writeTick(pool, { serverId, at, durationMs: 1, totals, changes: { logs, latest: new Map() } });
  return (await controlDb().usageLateMinute.findMany()).map(({ subjectId }) => subjectId).sort();
}

test("a round is marked as late when it is old, or of a minute that was closed already, and else not", async () => {
  const both = [control.serverId, tenantId].sort();
  expect(await marked(new Date())).toEqual([]);
  expect(await marked(new Date(Date.now() - 60_000))).toEqual(both);
  await controlDb().usageRollup.create({ data: { level: "minute", until: new Date(Date.now() + 3_600_000) } });
  expect(await marked(new Date())).toEqual(both);
});
