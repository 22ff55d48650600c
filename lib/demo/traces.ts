import { controlDb, type Db, Prisma } from "@/lib/platform/prisma";

/** What is kept by a tenant's id and does not go with its row. */
const byTenant = [
  ...["tenant_usage_logs", "tenant_usage_minutes", "tenant_usage_hours", "tenant_usage_days"],
  ...["tenant_usage_latest", "tenant_request_counters", "usage_baselines", "otlp_series", "tenant_app_readings"],
  ...["runtime_pools", "isolation_findings"],
];

/** What is kept of servers, of which the demo made up its own part. */
const ofServers = ["server_usage_minutes", "server_usage_hours", "server_usage_days"];

/** Whether each server of the demo's tenants was measured since the last of them was gone. */
export async function measuredSince(): Promise<boolean> {
  const [found] = await controlDb().$queryRaw<{ waiting: boolean }[]>`
    SELECT EXISTS (SELECT FROM demo_tenants d JOIN tenants t ON t.id = d.tenant_id JOIN servers s ON s.id = t.server_id
                    WHERE s.last_tick_at IS NOT NULL AND s.last_error IS NULL
                      AND t.deleted_at >= s.last_tick_at) AS waiting`;
  return found?.waiting !== true;
}

/**
 * Erases the demo's figures, activities, bulk runs and registry rows, in one transaction during which nothing is rolled
 * up. A tenant that is part of somebody else's bulk run stays in the registry as one that was deleted, so that the run
 * can still be read, made when it was in truth (which its id tells) and not when its made-up past began. The audit trail
 * keeps everything, as ever.
 */
export async function eraseDemo(): Promise<void> {
  await controlDb().$transaction(
    async (db) => {
      await db.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('tenantry_history', 0))::text`;
      await eraseRuns(db);
      const gone = Prisma.sql`SELECT d.tenant_id FROM demo_tenants d JOIN tenants t ON t.id = d.tenant_id WHERE t.deleted_at IS NOT NULL`;
      for (const table of byTenant) await db.$executeRaw`DELETE FROM ${Prisma.raw(table)} WHERE tenant_id IN (${gone})`;
      for (const table of ofServers)
        await db.$executeRaw`
          DELETE FROM ${Prisma.raw(table)} WHERE source_set IN
            (SELECT id FROM usage_source_sets WHERE sources->>'cpuUnattributed' = 'generated')`;
      await db.$executeRaw`DELETE FROM tenant_activities WHERE tenant_id IN (${gone})`;
      await db.$executeRaw`
        DELETE FROM tenants t WHERE t.id IN (${gone})
          AND NOT EXISTS (SELECT FROM bulk_items i WHERE i.tenant_id = t.id)`;
      await db.$executeRaw`
        UPDATE tenants SET created_at = to_timestamp(
                 ('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) WHERE id IN (${gone})`;
      await db.$executeRaw`DELETE FROM demo_tenants d WHERE tenant_id IN (${gone})`;
    },
    { maxWait: 5000, timeout: 120_000 },
  );
}

async function eraseRuns(db: Db): Promise<void> {
  for (const [table, key] of [
    ["bulk_item_log", "run_id"],
    ["bulk_items", "run_id"],
    ["bulk_runs", "id"],
  ] as const)
    await db.$executeRaw`
      DELETE FROM ${Prisma.raw(table)} WHERE ${Prisma.raw(key)} IN (SELECT run_id FROM demo_runs)`;
  await db.$executeRaw`DELETE FROM demo_runs`;
}
