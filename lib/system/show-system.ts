import { operation } from "@/lib/gate/operation";
import { daysKept } from "@/lib/history/spans";
import { env } from "@/lib/platform/env";
import { askProcesses, type Told } from "@/lib/platform/presence";
import type { Db } from "@/lib/platform/prisma";
import { systemContract } from "./contract";
import { settingsInForce } from "./settings-in-force";
import { productVersion } from "./version";

export const showSystem = operation(systemContract, async ({ db, now }) => {
  const at = now();
  const { told, silent } = await askProcesses();
  const servers = await db.server.findMany({
    where: { removedAt: null },
    select: { id: true, name: true, version: true },
    orderBy: { name: "asc" },
  });
  return {
    ...{ version: productVersion(), node: process.version, platform: `${process.platform} ${process.arch}` },
    ...{ processes: told.map((one) => processView(one, at)), silent },
    control: await controlFacts(db),
    ...{ servers, settings: settingsInForce(), retention: retention(), limits: limits(), counts: await counts(db) },
    at: at.toISOString(),
  };
});

function processView({ startedAt, id, kind, host, pid, version, node, memoryMb }: Told, at: Date) {
  const uptimeSeconds = Math.max(0, Math.round((at.getTime() - startedAt) / 1000));
  return {
    ...{ id, kind, host, pid, version, node, uptimeSeconds, memoryMb: Math.round(memoryMb) },
    startedAt: new Date(startedAt).toISOString(),
  };
}

type Control = { version: string; database: string; cluster: string; startedAt: Date; bytes: number };

/** Tenantry names the cluster that it starts itself, and reaches it on this machine only. */
async function controlFacts(db: Db) {
  const [row] = await db.$queryRaw<Control[]>`
    SELECT current_setting('server_version') AS version, current_database()::text AS database,
           current_setting('cluster_name') AS cluster, pg_postmaster_start_time() AS "startedAt",
           pg_database_size(current_database())::float8 AS bytes`;
  if (!row) throw new Error("The control database told nothing of itself.");
  const { cluster, startedAt, ...facts } = row;
  const here = /^(127\.|localhost$|\[?::1)/.test(new URL(env().DATABASE_URL).hostname);
  return { ...facts, embedded: cluster === "tenantry" && here, startedAt: startedAt.toISOString() };
}

function retention() {
  const { DELETE_GRACE_DAYS, EXPORT_DAYS } = env();
  return [
    { what: "usage as measured", days: daysKept("raw") },
    { what: "usage by minutes", days: daysKept("minute") },
    { what: "usage by hours", days: daysKept("hour") },
    { what: "usage by days", days: daysKept("day") },
    { what: "deleted tenants with their data", days: DELETE_GRACE_DAYS },
    { what: "exports", days: EXPORT_DAYS },
  ];
}

function limits() {
  const { RATE_LIMIT_USER, RATE_LIMIT_KEY, RATE_LIMIT_TENANT, RATE_LIMIT_ADDRESS } = env();
  const { OTLP_POINTS_PER_MINUTE, OTLP_SERIES_PER_TENANT, CONTROL_POOL_SIZE, BULK_SERVER_CONNECTIONS } = env();
  const aMinute = "requests a minute";
  return [
    { what: "one user", value: RATE_LIMIT_USER, unit: aMinute },
    { what: "one API key", value: RATE_LIMIT_KEY, unit: aMinute },
    { what: "programs at one tenant", value: RATE_LIMIT_TENANT, unit: aMinute },
    { what: "one address without a sign-in", value: RATE_LIMIT_ADDRESS, unit: aMinute },
    { what: "OTLP of one tenant", value: OTLP_POINTS_PER_MINUTE, unit: "points a minute" },
    { what: "OTLP of one tenant", value: OTLP_SERIES_PER_TENANT, unit: "series" },
    { what: "one process to the control database", value: CONTROL_POOL_SIZE, unit: "connections" },
    { what: "bulk runs at one server", value: BULK_SERVER_CONNECTIONS, unit: "connections" },
  ];
}

async function counts(db: Db): Promise<Record<string, number>> {
  const head = await db.auditHead.findFirst({ select: { seq: true } });
  return {
    tenants: await db.tenant.count({ where: { deletedAt: null } }),
    servers: await db.server.count({ where: { removedAt: null } }),
    domains: await db.domain.count(),
    users: await db.user.count(),
    apiKeys: await db.apiKey.count({ where: { revokedAt: null } }),
    bulkRuns: await db.bulkRun.count(),
    auditEvents: Number(head?.seq ?? 0n),
  };
}
