import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { rollUp } from "@/lib/history/roll-up";
import type { Points } from "@/lib/history/shapes";
import { ensureSpans, keptTables } from "@/lib/history/spans";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, type TestTenant, testControl } from "@/lib/platform/testing";
import type { Range } from "./contract";
import { showFleetSeries } from "./show-fleet-series";
import { showTenantSeries } from "./show-tenant-series";

let control: TestControl;
let tenant: TestTenant;
const now = new Date("2025-03-10T10:37:30.000Z");
/** Up to here minutes are made: one more than charts' steps of two and five minutes take from them. */
const made = Date.parse("2025-03-10T10:21:00.000Z");
const cut = made - 60_000;
const other = newId(now);
const ranges = ["6h", "24h"] as const;
let measured: Record<(typeof ranges)[number], { cpu: Points; memory: Points }>;

beforeAll(async () => {
  control = await testControl();
  tenant = await control.makeTenant("shop");
  const begin = new Date(now.getTime() - 25 * 3_600_000);
  await ensureSpans(controlDb(), keptTables, begin, now);
  // Every 37 s, in each hour silent for ten minutes: means and newest values fall anywhere within a step.
  await control.sql(
    `INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
     SELECT $1, metric, (extract(epoch FROM at)::bigint * 7919 % 101)::float8, '', at, 'proc'
       FROM generate_series($2::timestamptz, $3, '37 seconds') AS at, unnest('{cpu,memory}'::text[]) AS metric
      WHERE extract(minute FROM at) NOT BETWEEN 3 AND 12`,
    [tenant.id, begin, now],
  );
  // What a server uses is the number of its minute; the other one is silent from 8:00 to 8:30.
  await control.sql(
    `INSERT INTO server_ticks (server_id, at, duration_ms, cpu, cpu_source)
     SELECT server, at, 1, extract(minute FROM at), 'proc'
       FROM generate_series($3::timestamptz, $4, '5 seconds') AS at, unnest(ARRAY[$1, $2]::uuid[]) AS server
      WHERE server = $1 OR at NOT BETWEEN '2025-03-10T08:00Z' AND '2025-03-10T08:29:59Z'`,
    [control.serverId, other, new Date("2025-03-10T04:00:00Z"), now],
  );
  measured = { "6h": await tenantSeries("6h"), "24h": await tenantSeries("24h") };
  await rollUp(controlDb(), () => new Date(made + 20_000), new AbortController().signal, { minutes: 240 });
}, 60_000);

afterAll(async () => {
  await control?.close();
});

const ctx = () => as("viewer", { now: () => now });

async function tenantSeries(range: Range): Promise<{ cpu: Points; memory: Points }> {
  const { series } = await perform(showTenantSeries, ctx(), { id: tenant.id, range });
  return { cpu: series.cpu, memory: series.memory };
}

const known = (points: Points) => points.filter(([, value]) => value !== null).length;

function expectSame(found: Points, wanted: Points): void {
  expect(found.map(([at]) => at)).toEqual(wanted.map(([at]) => at));
  for (const [index, [at, value]] of wanted.entries()) {
    const point = found[index]?.[1];
    if (value === null) expect(point, new Date(at).toISOString()).toBeNull();
    else expect(point, new Date(at).toISOString()).toBeCloseTo(value, 1);
  }
}

test.each(ranges)("a tenant's %s chart shows of minutes what it shows of what was measured", async (range) => {
  const wanted = measured[range];
  expect(known(wanted.cpu)).toBeGreaterThan(150);
  expect(known(wanted.cpu)).toBeLessThan(wanted.cpu.length);
  const found = await tenantSeries(range);
  expectSame(found.cpu, wanted.cpu);
  expectSame(found.memory, wanted.memory);
});

test("minutes and what was measured since are enough for it; a chart of an hour takes what was measured", async () => {
  await control.sql("DELETE FROM tenant_usage_logs WHERE recorded_at < $1", [new Date(cut - 150_000)]);
  for (const range of ranges) {
    const found = await tenantSeries(range);
    expectSame(found.cpu, measured[range].cpu);
    expectSame(found.memory, measured[range].memory);
  }
  const hour = (await tenantSeries("1h")).cpu;
  expect(known(hour.filter(([at]) => at < cut - 180_000))).toBe(0);
  expect(known(hour)).toBeGreaterThan(60);
  await control.sql("UPDATE tenant_usage_logs SET value = 1000 WHERE recorded_at >= $1", [new Date(cut)]);
  const later = (await tenantSeries("6h")).cpu.filter(([, value]) => value !== null && value > 100);
  expect(later[0]?.[0]).toBe(cut);
});

test("servers' minutes are added up, one that is silent is not, and ticks go on where minutes end", async () => {
  const at = async (range: Range, time: string) => {
    const { series } = await perform(showFleetSeries, ctx(), { range });
    return series.cpu.find(([when]) => when === Date.parse(`2025-03-10T${time}:00Z`))?.[1];
  };
  // Two servers, the mean of minutes 50 to 54 each.
  expect(await at("24h", "07:50")).toBe(104);
  for (const ticks of ["kept", "gone"]) {
    if (ticks === "gone") await control.sql("DELETE FROM server_ticks WHERE at < $1", [new Date(cut - 10_000)]);
    expect(await at("6h", "07:50")).toBe(101);
    expect(await at("6h", "08:02")).toBe(2.5);
    expect(await at("6h", "08:10")).toBe(10.5);
    expect(await at("24h", "08:10")).toBe(12);
    expect(await at("6h", "08:30")).toBe(61);
    expect(await at("6h", "10:18")).toBe(37);
    expect(await at("6h", "10:20")).toBe(41);
    expect(await at("24h", "10:30")).toBe(64);
  }
  expect(await at("1h", "10:00")).toBeNull();
});
