import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { catalog } from "@/lib/catalog";
import { forgetAnswers } from "@/lib/gate/kept-answers";
import { type Operation, perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { setRolledUp, writeBuckets } from "@/lib/history/testing-usage";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import { showGrowth } from "./show-growth";
import { showAnalyticsOverview } from "./show-overview";

const hour = 3_600_000;
const now = new Date("2026-11-22T10:30:00.000Z");
const clock = { now: () => now };
const ago = (hours: number) => new Date(now.getTime() - hours * hour);

let control: TestControl;
let one: TestTenant;

beforeAll(async () => {
  control = await testControl();
});
beforeEach(forgetAnswers);
afterAll(() => control?.close());

const asked = catalog.filter(({ contract }) => contract.path.startsWith("/api/tenancy/analytics/"));

const edges: object[] = [
  ...["1h", "24h", "7d", "30d", "90d", "1y"].map((range) => ({ range })),
  ...["minute", "hour", "day", "week", "month"].map((granularity) => ({ granularity, tz: "Asia/Kathmandu" })),
  { range: "1y", granularity: "day", tz: "Europe/Berlin" },
  { from: ago(-1).toISOString() },
  { from: ago(1).toISOString(), to: ago(2).toISOString() },
  { from: ago(1).toISOString(), to: ago(1).toISOString() },
  { from: "2026-11-22T09:00:00.001Z", to: "2026-11-22T09:00:00.002Z" },
  { from: "2021-11-23T00:00:00Z", to: "2021-11-24T00:00:00Z" },
  { from: "0001-01-01T00:00:00Z" },
  { to: "0001-01-01T00:00:00Z" },
  { from: "0001-01-01T00:00:00Z", to: "0001-01-02T00:00:00Z" },
  { to: "9999-12-31T23:59:59Z" },
  ...[1, 50, 10_000, 100_000].map((width) => ({ width })),
  ...[0, 1, 100, 101].map((top) => ({ top })),
  { plan: ["none"], status: ["deleted"], tag: ["none"], search: "%_\\" },
  { server: newId(now) },
  { metric: "appCpu", sort: "appCpu" },
  { metric: ["appCpu"] },
];

/** Every question at every edge must be answered, or refused as what was asked for. */
async function refusals(required: object): Promise<string[]> {
  const told: string[] = [];
  for (const operation of asked) {
    for (const edge of edges) {
      const input = { ...required, ...edge };
      const answer = perform(operation as Operation, as("viewer", clock), input);
      const error = await answer.then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) continue;
      const id = `${operation.contract.id} ${JSON.stringify(edge)}`;
      if (!(error instanceof AppError)) throw new Error(`${id} ended with ${error}`);
      expect(["invalid", "not_found"], id).toContain(error.code);
      if (error.code === "invalid") expect(Object.values(error.fields ?? {}).join(""), id).toMatch(/^[A-Z].*\.$/);
      told.push(id);
    }
  }
  return told;
}

test("without tenants, without anything measured, whatever is asked is answered or refused in words", async () => {
  expect(asked.length).toBeGreaterThan(13);
  const told = await refusals({ server: control.serverId, id: newId(now), tenant: [newId(now), newId(now)] });
  expect(told.length).toBeLessThan(asked.length * edges.length);
  const growth = await perform(showGrowth, as("viewer", clock), {});
  expect(growth.fastest).toEqual([]);
  expect(growth.storage.every(([, value]) => value === null)).toBe(true);
}, 60_000);

test("with one tenant that was made yesterday too, and its figures stand alone", async () => {
  one = await control.makeTenant("only");
  await control.sql("UPDATE tenants SET created_at = $2 WHERE id = $1", [one.id, ago(24)]);
  await setRolledUp(control, { minute: ago(0), hour: ago(0.5), day: ago(10.5) });
  const month = { range: "30d" as const };
  await writeBuckets(control, "hour", one.id, "appMemory", [{ at: ago(3.5), mean: 5 }]);
  const app = await perform(showAnalyticsOverview, as("viewer", clock), month);
  expect([app.tenants.measured, Object.keys(app.totals), app.movers]).toEqual([1, ["appMemory"], {}]);
  forgetAnswers();
  await writeBuckets(control, "hour", one.id, "cpu", [{ at: ago(3.5), mean: 5 }]);
  await refusals({ server: control.serverId, id: one.id, tenant: [one.id, one.id] });
  const { tenants, totals, movers } = await perform(showAnalyticsOverview, as("viewer", clock), month);
  expect(tenants).toEqual({ total: 1, measured: 1, created: 1, deleted: 0 });
  expect(totals.cpu).toEqual({ now: 5, before: null, peak: 5 });
  expect(movers.cpu).toEqual({ up: [], down: [] });
}, 60_000);

test("a tenant that moved counts with the server where it is, and a deleted one with none", async () => {
  const { rows } = await control.sql(
    `INSERT INTO servers SELECT (jsonb_populate_record(s, jsonb_build_object('id', $2::uuid, 'name', 'other', 'host', 'other'))).*
       FROM servers s WHERE id = $1 RETURNING id`,
    [control.serverId, newId(now)],
  );
  const cpu = async (server: string) => {
    forgetAnswers();
    const { tenants, totals } = await perform(showAnalyticsOverview, as("viewer", clock), { server, range: "30d" });
    return [tenants.total, totals.cpu?.now ?? null];
  };
  const [before, after] = [control.serverId, rows[0]?.id as string];
  expect([await cpu(before), await cpu(after)]).toEqual([
    [1, 5],
    [0, null],
  ]);
  await control.sql("UPDATE tenants SET server_id = $2 WHERE id = $1", [one.id, after]);
  expect([await cpu(before), await cpu(after)]).toEqual([
    [0, null],
    [1, 5],
  ]);
  await control.sql("UPDATE tenants SET deleted_at = $2 WHERE id = $1", [one.id, ago(1)]);
  expect(await cpu(after)).toEqual([0, null]);
  const { tenants } = await perform(showGrowth, as("viewer", clock), { range: "7d", granularity: "day" });
  expect(tenants.slice(-2)).toMatchObject([
    { total: 1, created: 1, deleted: 0 },
    { total: 0, created: 0, deleted: 1 },
  ]);
});
