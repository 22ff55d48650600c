import { scopeSql } from "@/lib/gate/visible";
import type { Metric } from "@/lib/kernel/metrics";
import { type Scope, scopeShape, scopeWithin } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";
import { usageOf } from "@/lib/tenants/view";
import type { LiveMessage, ServerTick } from "./contract";

type TickRow = Omit<ServerTick, "at"> & { at: Date };
type ChangeRow = { [name in Metric]: number | null } & { tenantId: string; sources: unknown };

/** A tick with the tenants it changed, by the id that was notified; undefined when it is gone. */
export async function readTick(db: Db, id: string): Promise<LiveMessage | undefined> {
  const [rows, changed] = await Promise.all([tickRow(db, BigInt(id)), changedRows(db, BigInt(id))]);
  const tick = rows[0];
  if (!tick) return undefined;
  const changes = changed.map((row) => ({ id: row.tenantId, usage: usageOf(row) }));
  return { type: "tick", tick: { ...tick, at: tick.at.toISOString() }, changes };
}

async function tickRow(db: Db, id: bigint): Promise<TickRow[]> {
  return await db.$queryRaw<TickRow[]>`
    SELECT id::text AS id, server_id::text AS "serverId", at, duration_ms AS "durationMs",
           cpu, cpu_unattributed AS "cpuUnattributed", memory, memory_unattributed AS "memoryUnattributed",
           buffers, storage, requests, transactions, connections,
           cpu_source AS "cpuSource", memory_source AS "memorySource"
      FROM server_ticks WHERE id = ${id}`;
}

async function changedRows(db: Db, tickId: bigint): Promise<ChangeRow[]> {
  return await db.$queryRaw<ChangeRow[]>`
    SELECT tenant_id::text AS "tenantId", sources, cpu, memory, buffers, storage, requests, transactions, connections,
           cache_hit AS "cacheHit", latency, pooled, waits, wait_time AS "waitTime", errors, app_cpu AS "appCpu",
           app_memory AS "appMemory"
      FROM tenant_usage_latest WHERE tick_id = ${tickId}`;
}

/** Which of these tenants are within a scope; deleted ones too, whose end is told. */
export async function withinScope(db: Db, scope: Scope, ids: string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id::text AS id FROM tenants t WHERE t.id = ANY(${ids}::uuid[]) AND ${scopeSql(scope)}`;
  return new Set(rows.map(({ id }) => id));
}

/** Whether whoever has this scope may know of a bulk run. */
export async function isRunWithin(db: Db, scope: Scope, id: string): Promise<boolean> {
  const run = await db.bulkRun.findUnique({ where: { id }, select: { scope: true } });
  return run !== null && scopeWithin(scopeShape.parse(run.scope), scope);
}
