import { type Ctx, scopeOf } from "@/lib/gate/context";
import { scopeSql } from "@/lib/gate/visible";
import type { Metric, Source } from "@/lib/kernel/metrics";
import { type Db, Prisma } from "@/lib/platform/prisma";
import type { TenantStatus } from "@/lib/tenants/shapes";
import type { FleetMetric } from "./contract";

/** The newest tick of a server, and the server's state of contact. */
export type ServerState = { [name in FleetMetric]: number | null } & {
  id: string;
  name: string;
  lastTickAt: Date | null;
  lastError: string | null;
  cpuSource: string | null;
  memorySource: string | null;
  durationMs: number | null;
};

/** Every server with its newest tick, if that is no older than `since`. */
export async function serverStates(db: Db, since: Date): Promise<ServerState[]> {
  return await db.$queryRaw<ServerState[]>`
    SELECT server.id::text AS id, server.name, server.last_tick_at AS "lastTickAt", server.last_error AS "lastError",
           tick.duration_ms AS "durationMs", tick.cpu, tick.cpu_unattributed AS "cpuUnattributed", tick.memory,
           tick.memory_unattributed AS "memoryUnattributed", tick.buffers, tick.storage, tick.requests,
           tick.transactions, tick.connections, tick.cpu_source AS "cpuSource", tick.memory_source AS "memorySource"
      FROM servers server LEFT JOIN LATERAL (
        SELECT * FROM server_ticks WHERE server_id = server.id AND at >= ${since} ORDER BY at DESC LIMIT 1
      ) tick ON true
     WHERE server.removed_at IS NULL
     ORDER BY server.name`;
}

type Asking = Pick<Ctx, "db" | "actor">;

export type TopRow = { [name in Metric]: number | null } & {
  id: string;
  slug: string;
  name: string;
  status: TenantStatus;
  sources: unknown;
};

/** How many of the highest rows are looked at: among them may be some of tenants that were deleted since. */
const candidates = 100;

/** The five tenants with the highest value of a metric, highest first; those at zero are not among them. */
export async function topTenants(
  { db, actor }: Asking,
  metric: "cpu" | "memory" | "storage" | "requests",
): Promise<TopRow[]> {
  const column = Prisma.raw(`latest.${metric}`);
  const scope = scopeOf(actor);
  if (scope.kind !== "all") return await topVisible(db, column, scopeSql(scope));
  // The highest first and joined then: joining a large registry before would take ten times as long.
  return await db.$queryRaw<TopRow[]>`
    SELECT tenant.id::text AS id, tenant.slug, tenant.name, tenant.status::text AS status, latest.sources,
           latest.cpu, latest.memory, latest.buffers, latest.storage, latest.requests, latest.transactions,
           latest.connections, latest.cache_hit AS "cacheHit", latest.latency,
           latest.pooled, latest.waits, latest.wait_time AS "waitTime", latest.errors,
           latest.app_cpu AS "appCpu", latest.app_memory AS "appMemory"
      FROM (SELECT * FROM tenant_usage_latest latest WHERE ${column} > 0
             ORDER BY ${column} DESC LIMIT ${candidates}) latest
      JOIN tenants tenant ON tenant.id = latest.tenant_id
     WHERE tenant.deleted_at IS NULL
     ORDER BY ${column} DESC, tenant.id LIMIT 5`;
}

/** The same among the tenants of a scope, which are joined first. */
async function topVisible(db: Db, column: Prisma.Sql, within: Prisma.Sql): Promise<TopRow[]> {
  return await db.$queryRaw<TopRow[]>`
    SELECT t.id::text AS id, t.slug, t.name, t.status::text AS status, latest.sources,
           latest.cpu, latest.memory, latest.buffers, latest.storage, latest.requests, latest.transactions,
           latest.connections, latest.cache_hit AS "cacheHit", latest.latency,
           latest.pooled, latest.waits, latest.wait_time AS "waitTime", latest.errors,
           latest.app_cpu AS "appCpu", latest.app_memory AS "appMemory"
      FROM tenants t JOIN tenant_usage_latest latest ON latest.tenant_id = t.id
     WHERE t.deleted_at IS NULL AND ${within} AND ${column} > 0
     ORDER BY ${column} DESC, t.id LIMIT 5`;
}

export type VisibleSum = { metric: Metric; source: Source; value: number };

/**
 * The newest values of the tenants within the actor's reach, added up by metric, of servers measured after `since`.
 * Values of the source that most tenants have are summed: unlike sources are never added to each other.
 */
export async function visibleSums({ db, actor }: Asking, since: Date): Promise<VisibleSum[]> {
  return await db.$queryRaw<VisibleSum[]>`
    SELECT DISTINCT ON (metric) metric, source, sum(value)::float8 AS value FROM (
      SELECT one.key AS metric, latest.sources ->> one.key AS source, one.value::float8 AS value
        FROM tenants t JOIN tenant_usage_latest latest ON latest.tenant_id = t.id
        JOIN servers server ON server.id = t.server_id AND server.last_tick_at >= ${since}
       CROSS JOIN LATERAL jsonb_each_text(to_jsonb(latest)) one
       WHERE t.deleted_at IS NULL AND ${scopeSql(scopeOf(actor))} AND latest.sources ? one.key AND one.value IS NOT NULL
    ) known GROUP BY metric, source ORDER BY metric, count(*) DESC, source`;
}

/** Jobs that should have started, and seconds since the oldest of them should have; undefined without a queue. */
export async function waitingJobs(db: Db): Promise<{ waiting: number; seconds: number } | undefined> {
  const [queue] = await db.$queryRaw<{ there: boolean }[]>`
    SELECT to_regclass('graphile_worker.jobs') IS NOT NULL AS there`;
  if (!queue?.there) return undefined;
  const [jobs] = await db.$queryRaw<{ waiting: number; seconds: number }[]>`
    SELECT count(*)::int AS waiting, coalesce(extract(epoch FROM now() - min(run_at)), 0)::float8 AS seconds
      FROM graphile_worker.jobs WHERE locked_at IS NULL AND run_at <= now() AND attempts < max_attempts`;
  return jobs;
}
