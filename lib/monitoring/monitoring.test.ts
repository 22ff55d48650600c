import { afterAll, beforeAll, expect, test } from "vitest";
import { perform } from "@/lib/gate/operation";
import { as } from "@/lib/gate/testing";
import { type OwnServer, type OwnTenant, ownServer } from "@/lib/isolation/testing-servers";
import { newId } from "@/lib/kernel/ids";
import { controlDb } from "@/lib/platform/prisma";
import { type TestControl, testControl } from "@/lib/platform/testing";
import { showConnections } from "./show-connections";
import { showDashboard } from "./show-dashboard";
import { showHosts } from "./show-hosts";
import { showLive } from "./show-live";
import { showMemoryNow } from "./show-memory";
import { showPerformanceNow } from "./show-performance";

let control: TestControl;
let server: OwnServer;
let amber: OwnTenant;
let birch: OwnTenant;
/** Rights that reach birch alone. */
const some = { scope: { kind: "tag" as const, values: ["ours"] } };

beforeAll(async () => {
  control = await testControl();
  await controlDb().server.delete({ where: { id: control.serverId } });
  server = await ownServer("Kiel 1");
  amber = await server.tenant("amber");
  birch = await server.tenant("birch");
  await controlDb().tenant.update({ where: { id: birch.id }, data: { tags: ["ours"] } });
  const sources = {
    cpu: "proc",
    memory: "pss_anon",
    connections: "pg_stat_activity",
    latency: "runtime",
    requests: "runtime",
  };
  for (const [tenant, cpu] of [[amber, 40] as const, [birch, 10] as const])
    await controlDb().tenantUsageLatest.create({
      data: {
        ...{ tenantId: tenant.id, tickId: 1n, changedAt: new Date(), sources },
        ...{ cpu, memory: cpu * 2, connections: cpu / 10, latency: cpu, requests: cpu / 10 },
      },
    });
});
afterAll(async () => {
  await server.stop();
  await control.close();
});

/** As if the collector had just measured the server; a little later, so that no machine is too slow for it. */
async function tick(): Promise<void> {
  const at = new Date(Date.now() + 60_000);
  await controlDb().server.update({ where: { id: server.id }, data: { lastTickAt: at, cores: 4, memoryMb: 8000 } });
  await control.sql(
    `INSERT INTO server_ticks (server_id, at, duration_ms, cpu, cpu_unattributed, memory, memory_unattributed, buffers,
       transactions, cpu_source, memory_source) VALUES ($1, $2, 12, 50, 150, 100, 20, 30, 7, 'proc', 'pss_anon')`,
    [server.id, at],
  );
}

test("live tells totals and the highest tenants, each with source and age", async () => {
  await tick();
  const live = await perform(showLive, as("viewer"), { metric: "memory", limit: 1 });
  expect(live).toMatchObject({
    metric: "memory",
    unit: "MiB",
    partial: false,
    tenants: 2,
    totals: { cpu: { value: 50, source: "proc" } },
  });
  expect(live.top).toMatchObject([
    { slug: "amber", usage: { memory: { value: 80, source: "pss_anon" } }, server: { name: "Kiel 1" } },
  ]);
  expect(live.top[0]?.ageSeconds).toBeGreaterThanOrEqual(0);
  const scoped = await perform(showLive, as("viewer", some), {});
  expect(scoped).toMatchObject({ partial: true, tenants: 1 });
  expect(scoped.top.map(({ slug }) => slug)).toEqual(["birch"]);
});

test("system tells servers with what no tenant owns, and is for whose rights reach all", async () => {
  await tick();
  const { servers, hosts } = await perform(showHosts, as("viewer"), {});
  expect(servers).toMatchObject([
    {
      name: "Kiel 1",
      cores: 4,
      memoryMb: 8000,
      roundMs: 12,
      cpu: { tenants: 50, unattributed: 150, unattributedShare: 0.75 },
    },
  ]);
  expect(hosts).toEqual([]);
  await expect(perform(showHosts, as("viewer", some), {})).rejects.toMatchObject({ code: "forbidden" });
});

test("connections are asked of the server: states, limit, reserved and what is left", async () => {
  const session = await server.open(amber.database);
  await session.query("BEGIN");
  const asked = await perform(showConnections, as("viewer"), {});
  await session.end();
  const [one] = asked.servers;
  expect(one).toMatchObject({ answered: true, error: null, limit: 300, reserved: 3 });
  expect(one?.byState["idle in transaction"]).toBe(1);
  expect(one?.left).toBe(297 - (one?.total ?? 0));
  expect(asked.top.map(({ slug }) => slug)).toEqual(["amber", "birch"]);
  expect(asked.pools).toMatchObject({ processes: 0, open: 0, source: "runtime_pools" });
  expect(await perform(showConnections, as("viewer", some), {})).toMatchObject({ partial: true, servers: [] });
});

test("performance tells counters since when, slow statements of tenants within reach, and weighed response times", async () => {
  await server.sql("CREATE EXTENSION pg_stat_statements");
  await server.sql("SELECT pg_sleep(0.01), 'a-private-text'", amber.database);
  await server.sql("SELECT pg_sleep(0.01), 'a-private-text'", birch.database);
  await server.sql("CREATE ROLE passing PASSWORD 'planted'; DROP ROLE passing", amber.database);
  await tick();
  const told = await perform(showPerformanceNow, as("viewer"), {});
  expect(told.servers).toMatchObject([
    { answered: true, transactions: 7, deadlocks: 0, slowFrom: "pg_stat_statements" },
  ]);
  expect(
    told.slow
      .filter(({ statement }) => statement.includes("pg_sleep"))
      .map(({ tenant }) => tenant.slug)
      .sort(),
  ).toEqual(["amber", "birch"]);
  expect(JSON.stringify(told.slow)).not.toMatch(/private-text|planted/);
  // (40 × 4 + 10 × 1) / 5: weighed by requests.
  expect(told.responses).toMatchObject({ meanMs: 34, requests: 5, errors: null, tenants: 2 });
  const scoped = await perform(showPerformanceNow, as("viewer", some), {});
  expect(scoped).toMatchObject({ partial: true, servers: [], responses: { meanMs: 10, tenants: 1 } });
  expect(new Set(scoped.slow.map(({ tenant }) => tenant.slug))).toEqual(new Set(["birch"]));
});

test("memory tells backends, shared buffers and what no tenant owns", async () => {
  await tick();
  const { servers, top } = await perform(showMemoryNow, as("viewer"), {});
  expect(servers).toMatchObject([
    { private: 100, unattributed: 20, buffers: 30, sharedBuffers: 128, host: 8000, source: "pss_anon" },
  ]);
  expect(top.map(({ usage }) => usage.memory?.value)).toEqual([80, 20]);
});

test("a server that is away is told, and the others are answered for", async () => {
  const id = newId(new Date());
  await controlDb().server.create({
    data: { id, name: "Away", region: "local", host: "127.0.0.1", port: 1, adminUser: "tenantry" },
  });
  for (const reading of [showConnections, showPerformanceNow, showMemoryNow]) {
    const { servers } = await perform<typeof reading.contract>(reading as never, as("viewer"), {});
    expect(servers.map(({ name, answered }) => [name, answered])).toEqual([
      ["Away", false],
      ["Kiel 1", true],
    ]);
    expect(servers[0]?.error).toMatch(/can't be reached/);
  }
  await controlDb().server.delete({ where: { id } });
});

test("the dashboard is one answer: counts, health, runs, anomalies, leaks and failed steps, within reach", async () => {
  await tick();
  const now = new Date();
  const run = { action: "analyze", options: {}, selection: {}, digest: "d", plannedBy: "test" };
  await controlDb().bulkRun.create({ data: { ...run, id: newId(now), status: "running" } });
  await controlDb().bulkRun.create({ data: { ...run, id: newId(now), status: "planned" } });
  const anomaly = { metric: "cpu", startedAt: now, direction: "high", peak: 9, expected: 1, score: 8 };
  await controlDb().usageAnomaly.create({ data: { ...anomaly, tenantId: amber.id } });
  const leak = { rule: "connect", subject: "x", words: "x", firstSeen: now, lastSeen: now };
  await controlDb().isolationFinding.create({ data: { ...leak, serverId: server.id } });
  await controlDb().tenant.update({ where: { id: amber.id }, data: { status: "failed" } });
  const step = { tenantId: amber.id, saga: "provision", position: 0, name: "migrate" };
  await controlDb().tenantStep.create({ data: { ...step, status: "failed" } });
  expect(await perform(showDashboard, as("viewer"), {})).toMatchObject({
    ...{ partial: false, tenants: 2, counts: { active: 1, failed: 1 }, servers: [{ name: "Kiel 1" }] },
    ...{ runs: { atWork: 1, paused: 0, waiting: 1 }, anomalies: 1, leaks: 1, failedSteps: 1 },
  });
  expect(await perform(showDashboard, as("viewer", some), {})).toMatchObject({
    ...{ partial: true, tenants: 1, runs: { atWork: 0 }, anomalies: 0, leaks: null, failedSteps: 0 },
  });
});
