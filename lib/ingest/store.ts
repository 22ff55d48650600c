import { markLate } from "@/lib/history/late";
import { type Metric, metrics, silentSeconds } from "@/lib/kernel/metrics";
import type { Db } from "@/lib/platform/prisma";
import { type Feed, fed } from "./mapping";
import type { KnownSeries } from "./series";
import type { Known, Value } from "./tenant-state";

/** The row that keeps when points of a tenant were last not taken for a limit: no series has this hash. */
const refusedHash = "0".repeat(64);
const refusedName = "refused";

/** The runtime tells of a tenant's requests when it counted one within so many minutes. */
const runtimeMinutes = 15;

/** Nobody else counts points of these tenants until the transaction ends. */
export async function holdTenants(db: Db, ids: readonly string[]): Promise<void> {
  // In one order for all, so that two who send for several never wait for each other.
  await db.$executeRaw`
    SELECT count(pg_advisory_xact_lock(hashtextextended('otlp ' || id, 1)))
      FROM (SELECT unnest(${ids}::text[]) AS id ORDER BY 1) AS wanted`;
}

type SeriesRow = Omit<KnownSeries, "feed" | "rank" | "startedAt" | "at"> & {
  tenant: string;
  metric: string;
  startedAt: number;
  at: number;
};

/** What is known of the apps of tenants. */
export async function readKnown(db: Db, ids: readonly string[]): Promise<Map<string, Known>> {
  const series = await db.$queryRaw<SeriesRow[]>`
    SELECT tenant_id::text AS tenant, encode(hash, 'hex') AS hash, metric, value, count, adds, weight,
           (extract(epoch FROM started_at) * 1000)::float8 AS "startedAt", (extract(epoch FROM at) * 1000)::float8 AS at
      FROM otlp_series WHERE tenant_id = ANY(${ids}::uuid[])`;
  const readings = await db.$queryRaw<{ tenant: string; metric: Metric; value: number; at: Date }[]>`
    SELECT tenant_id::text AS tenant, metric, value, at FROM tenant_app_readings WHERE tenant_id = ANY(${ids}::uuid[])`;
  const runtime = await runtimeTells(db, ids);
  const known = new Map<string, Known>();
  for (const id of ids) known.set(id, { series: [], readings: new Map(), refusedAt: 0, fromRuntime: runtime(id) });
  for (const { tenant, metric, hash, ...row } of series) {
    const one = known.get(tenant);
    if (!one) continue;
    const [feed = "", rank = ""] = metric.split(".");
    if (hash === refusedHash) one.refusedAt = row.at;
    else if (Object.hasOwn(fed, feed)) one.series.push({ ...row, hash, feed: feed as Feed, rank: Number(rank) });
  }
  for (const { tenant, metric, value, at } of readings)
    known.get(tenant)?.readings.set(metric, { value, at: at.getTime() });
  return known;
}

/** Which metrics the tenant runtime tells of each tenant by itself. */
async function runtimeTells(db: Db, ids: readonly string[]): Promise<(id: string) => ReadonlySet<Metric>> {
  const rows = await db.$queryRaw<{ id: string; requests: boolean; pools: boolean }[]>`
    SELECT id::text, EXISTS (
             SELECT FROM tenant_request_counters counter WHERE counter.tenant_id = id
                AND counter.updated_at > now() - make_interval(mins => ${runtimeMinutes}::int) AND counter.requests > 0
           ) AS requests, EXISTS (
             SELECT FROM runtime_pools pool JOIN runtime_processes process ON process.id = pool.process_id
              WHERE pool.tenant_id = id AND process.stopped_at IS NULL
                AND process.seen_at > now() - make_interval(secs => ${silentSeconds}::int)
           ) AS pools
      FROM unnest(${ids}::uuid[]) AS id`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const { requests = false, pools = false } = byId.get(id) ?? {};
    return new Set<Metric>([
      ...(requests ? (["requests", "latency"] as const) : []),
      // Whose last connection was given back a moment ago still goes through the runtime.
      ...(pools || requests ? (["pooled", "waits", "waitTime"] as const) : []),
    ]);
  };
}

/** What a request leads to for one tenant. */
export type Outcome = { tenant: string; series: KnownSeries[]; refusedAt: number | null; values: Value[] };

/** Stores what requests lead to: the series' state, the values as samples, and the newest of each metric. */
export async function store(db: Db, outcomes: readonly Outcome[], now: Date): Promise<void> {
  const values = outcomes.flatMap((one) => one.values.map((value) => ({ tenant: one.tenant, ...value })));
  await storeSeries(db, outcomes, now);
  if (values.length === 0) return;
  await markLate(
    db,
    values.map(({ tenant, at }) => ({ tenantId: tenant, at: new Date(at) })),
  );
  await db.$executeRaw`
    WITH sent AS (
      SELECT * FROM unnest(
        ${values.map(({ tenant }) => tenant)}::uuid[], ${values.map(({ metric }) => metric)}::text[],
        ${values.map(({ value }) => value)}::float8[], ${values.map(({ metric }) => metrics[metric].unit)}::text[],
        ${values.map(({ at }) => new Date(at).toISOString())}::timestamptz[]
      ) AS row (tenant_id, metric, value, unit, at)
    ), logged AS (
      INSERT INTO tenant_usage_logs (tenant_id, metric_type, value, unit, recorded_at, source)
      SELECT tenant_id, metric, value, unit, at, 'otlp' FROM sent
    )
    INSERT INTO tenant_app_readings AS reading (tenant_id, metric, value, at)
    SELECT DISTINCT ON (tenant_id, metric) tenant_id, metric, value, at FROM sent ORDER BY tenant_id, metric, at DESC
        ON CONFLICT (tenant_id, metric) DO UPDATE SET value = excluded.value, at = excluded.at
     WHERE reading.at <= excluded.at`;
}

/** `seen_at` is indexed: as it changes once an hour only, the other updates need no new entry in an index. */
const hour = 3_600_000;

async function storeSeries(db: Db, outcomes: readonly Outcome[], now: Date): Promise<void> {
  const rows = outcomes.flatMap(({ tenant, series, refusedAt }) => [
    ...series.map(({ feed, rank, ...one }) => ({ tenant, ...one, metric: `${feed}.${rank}` })),
    ...(refusedAt === null ? [] : [{ tenant, ...refusedSeries(refusedAt) }]),
  ]);
  if (rows.length === 0) return;
  const time = (milliseconds: number) => new Date(milliseconds).toISOString();
  await db.$executeRaw`
    INSERT INTO otlp_series (tenant_id, hash, metric, started_at, at, value, count, adds, weight, seen_at)
    SELECT tenant_id, decode(hash, 'hex'), metric, started_at, at, value, count, adds, weight,
           ${new Date(Math.floor(now.getTime() / hour) * hour).toISOString()}::timestamptz
      FROM unnest(
        ${rows.map(({ tenant }) => tenant)}::uuid[], ${rows.map(({ hash }) => hash)}::text[],
        ${rows.map(({ metric }) => metric)}::text[], ${rows.map(({ startedAt }) => time(startedAt))}::timestamptz[],
        ${rows.map(({ at }) => time(at))}::timestamptz[], ${rows.map(({ value }) => value)}::float8[],
        ${rows.map(({ count }) => count)}::float8[], ${rows.map(({ adds }) => adds)}::float8[],
        ${rows.map(({ weight }) => weight)}::float8[]
      ) AS row (tenant_id, hash, metric, started_at, at, value, count, adds, weight)
        ON CONFLICT (tenant_id, hash) DO UPDATE SET metric = excluded.metric, started_at = excluded.started_at,
           at = excluded.at, value = excluded.value, count = excluded.count, adds = excluded.adds,
           weight = excluded.weight, seen_at = excluded.seen_at`;
}

function refusedSeries(at: number) {
  const nothing = { value: null, count: null, adds: null, weight: null };
  return { hash: refusedHash, metric: refusedName, startedAt: at, at, ...nothing };
}
