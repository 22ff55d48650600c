import type pg from "pg";
import { columnOf, type Metric, metricNames, silentSeconds, tenantHold } from "@/lib/kernel/metrics";
import type { Usage } from "@/lib/tenants/shapes";
import { usageOf } from "@/lib/tenants/view";
import type { AppReading, PoolCounters, RequestCounters } from "./collector";

/** Something that runs SQL on the control database. */
export type Control = Pick<pg.Pool, "query">;

/** The tenants whose databases a server holds, or soon will. */
export async function tenantsOf(control: Control, serverId: string): Promise<{ id: string; database: string }[]> {
  const { rows } = await control.query<{ id: string; database: string }>(
    "SELECT id, database FROM tenants WHERE server_id = $1 AND deleted_at IS NULL",
    [serverId],
  );
  return rows;
}

// A runtime stamps its rows with its own clock, which may be off by this much; now and then all are read.
const recent = "AND counter.updated_at > now() - interval '2 minutes'";

/** The request counters of a server's tenants: all, or only those that moved lately. */
export async function requestCounters(
  control: Control,
  serverId: string,
  scope: "all" | "recent",
): Promise<Map<string, RequestCounters>> {
  const { rows } = await control.query<{ id: string; requests: number; durationMs: number }>(
    `SELECT tenant.id, counter.requests::float8 AS requests, counter.duration_ms AS "durationMs"
       FROM tenant_request_counters counter JOIN tenants tenant ON tenant.id = counter.tenant_id
      WHERE tenant.server_id = $1 AND tenant.deleted_at IS NULL ${scope === "recent" ? recent : ""}`,
    [serverId],
  );
  return new Map(rows.map(({ id, requests, durationMs }) => [id, { requests, durationMs }]));
}

/**
 * What each app process that runs now holds and counted, by tenant. Only tenants for which something is held or was
 * counted lately have rows; whether a process runs is told by the control database's own clock.
 */
export async function poolCounters(control: Control, serverId: string): Promise<Map<string, PoolCounters[]>> {
  const { rows } = await control.query<{ id: string } & PoolCounters>(
    `SELECT tenant.id, process.id AS process, pool.open, pool.waits::float8 AS waits, pool.wait_ms AS "waitMs"
       FROM runtime_processes process JOIN runtime_pools pool ON pool.process_id = process.id
       JOIN tenants tenant ON tenant.id = pool.tenant_id
      WHERE process.stopped_at IS NULL AND process.seen_at > now() - make_interval(secs => $2)
        AND tenant.server_id = $1 AND tenant.deleted_at IS NULL`,
    [serverId, silentSeconds],
  );
  const byTenant = new Map<string, PoolCounters[]>();
  for (const { id, ...held } of rows) byTenant.set(id, [...(byTenant.get(id) ?? []), held]);
  return byTenant;
}

/**
 * The newest values that the apps of a server's tenants sent, by tenant: all, or only those that are fresh. Whether they
 * are is told by the control database's own clock.
 */
export async function appReadings(
  control: Control,
  serverId: string,
  which: "all" | "recent",
): Promise<Map<string, AppReading[]>> {
  const { rows } = await control.query<{ id: string } & AppReading>(
    `SELECT tenant.id, reading.metric, reading.value, reading.at > now() - make_interval(secs => $2) AS fresh
       FROM tenant_app_readings reading JOIN tenants tenant ON tenant.id = reading.tenant_id
      WHERE tenant.server_id = $1 AND tenant.deleted_at IS NULL
        ${which === "recent" ? "AND reading.at > now() - make_interval(secs => $2)" : ""}`,
    [serverId, tenantHold / 1000],
  );
  const byTenant = new Map<string, AppReading[]>();
  for (const { id, ...reading } of rows) byTenant.set(id, [...(byTenant.get(id) ?? []), reading]);
  return byTenant;
}

type LatestRow = { [name in Metric]: number | null } & { id: string; sources: unknown };

/** The newest values of a server's tenants, as they are stored. */
export async function latestUsage(control: Control, serverId: string): Promise<Map<string, Usage>> {
  const columns = metricNames.map((name) => `latest.${columnOf(name)} AS "${name}"`).join(", ");
  const { rows } = await control.query<LatestRow>(
    `SELECT latest.tenant_id AS id, latest.sources, ${columns}
       FROM tenant_usage_latest latest JOIN tenants tenant ON tenant.id = latest.tenant_id
      WHERE tenant.server_id = $1 AND tenant.deleted_at IS NULL`,
    [serverId],
  );
  return new Map(rows.map((row) => [row.id, usageOf(row)]));
}

/** Says that a server can't be measured and why, in words for people. */
export async function recordContactError(control: Control, serverId: string, error: string, at: Date): Promise<void> {
  await control.query(
    `WITH server AS (UPDATE servers SET last_error = $2, last_error_at = $3 WHERE id = $1 RETURNING id)
     SELECT pg_notify('tenantry_server', id::text) FROM server`,
    [serverId, error, at],
  );
}
