import { type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { type Metric, rounded, type Source, sourceNames, staleSeconds } from "@/lib/kernel/metrics";
import { countByStatus } from "@/lib/tenants/list-tenants";
import type { Usage } from "@/lib/tenants/shapes";
import { usageOf } from "@/lib/tenants/view";
import { type FleetMetric, type Overview, overviewContract } from "./contract";
import { collectorHealth, controlHealth, newestTick, queueHealth, serverHealth } from "./overview-health";
import {
  type ServerState,
  serverStates,
  type TopRow,
  topTenants,
  visibleSums,
  waitingJobs,
} from "./overview-questions";

/** The fleet at a glance: totals, status counts, top tenants and system health. */
export const showOverview = operation(overviewContract, async (ctx) => {
  const now = ctx.now();
  const answered = await timeOf(() => ctx.db.$queryRaw`SELECT 1`);
  const since = new Date(now.getTime() - staleSeconds * 1000);
  const [servers, counts, top, jobs] = await Promise.all([
    serverStates(ctx.db, since),
    countByStatus(ctx),
    tops(ctx),
    waitingJobs(ctx.db),
  ]);
  return {
    tenants: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    servers: servers.length,
    totals: scopeOf(ctx.actor).kind === "all" ? totalsOf(servers) : await visibleTotals(ctx, since),
    top,
    health: [
      controlHealth(answered),
      collectorHealth(servers, now),
      ...(jobs ? [queueHealth(jobs)] : []),
      ...servers.map((server) => serverHealth(server, now)),
    ],
    measuredAt: newestTick(servers)?.toISOString() ?? null,
  };
});

type Asking = Pick<Ctx, "db" | "actor">;

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function tops(ctx: Asking): Promise<Overview["top"]> {
  const [cpu, memory, storage, requests] = await Promise.all([
    topTenants(ctx, "cpu"),
    topTenants(ctx, "memory"),
    topTenants(ctx, "storage"),
    topTenants(ctx, "requests"),
  ]);
  return { cpu: cpu.map(view), memory: memory.map(view), storage: storage.map(view), requests: requests.map(view) };
}

function view(row: TopRow): Overview["top"]["cpu"][number] {
  const { id, slug, name, status } = row;
  return { id, slug, name, status, usage: usageOf(row) };
}

/** Figures of which a fleet's sum means something, with the source they have unless the tick names another. */
const summed = {
  cpu: "proc",
  memory: "pss_anon",
  buffers: "pg_buffercache",
  storage: "pg_database_size",
  requests: "runtime",
  transactions: "pg_stat_database",
  connections: "pg_stat_activity",
} as const satisfies Partial<Record<FleetMetric, Source>>;

/** Sums what the servers' newest ticks know; CPU and database load are never added to each other. */
function totalsOf(servers: ServerState[]): Usage {
  const totals: Usage = {};
  for (const name of Object.keys(summed) as (keyof typeof summed)[]) {
    const known = servers.filter((server) => server[name] !== null);
    const source = sourceNames.find((one) => known.some((server) => sourceOf(server, name) === one));
    if (!source) continue;
    const alike = known.filter((server) => sourceOf(server, name) === source || name !== "cpu");
    const value = alike.reduce((sum, server) => sum + (server[name] ?? 0), 0);
    totals[name] = { value: rounded(name, value), source };
  }
  return totals;
}

function sourceOf(server: ServerState, name: keyof typeof summed): string {
  if (name === "cpu") return server.cpuSource ?? summed.cpu;
  return name === "memory" ? (server.memorySource ?? summed.memory) : summed[name];
}

/** What the tenants within the actor's reach add up to. A source is told when it is the same for all of them. */
async function visibleTotals(ctx: Asking, since: Date): Promise<Usage> {
  const totals: Usage = {};
  for (const { metric, source, value } of await visibleSums(ctx, since)) {
    if (isSummed(metric)) totals[metric] = { value: rounded(metric, value), source };
  }
  return totals;
}

const isSummed = (metric: Metric): metric is keyof typeof summed => Object.hasOwn(summed, metric);
