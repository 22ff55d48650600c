import { operation } from "@/lib/gate/operation";
import { type Metric, metricNames, metrics } from "@/lib/kernel/metrics";
import type { Db } from "@/lib/platform/prisma";
import { tenantUsageContract } from "./contract-settings";
import { findTenant } from "./find";
import { limitsOf } from "./limits";
import { usageOf } from "./view";

/** How far back it is looked when a value was written: every value that is known is written down at least so often. */
const backMs = 2 * 86_400_000;

export const showTenantUsage = operation(tenantUsageContract, async ({ db, actor, now }, { id }) => {
  const { slug, name, server, settings } = await findTenant({ db, actor }, id);
  const latest = await db.tenantUsageLatest.findUnique({ where: { tenantId: id } });
  const usage = latest ? usageOf(latest) : {};
  const written = await writtenAt(db, id, new Date(now().getTime() - backMs));
  const { connections, storageMb } = limitsOf(settings);
  const limits: Partial<Record<Metric, number | null>> = { connections, storage: storageMb };
  return {
    tenant: { id, slug, name },
    measuredAt: latest ? (server.lastTickAt?.toISOString() ?? null) : null,
    changedAt: latest?.changedAt.toISOString() ?? null,
    metrics: metricNames.map((metric) => ({
      metric,
      label: metrics[metric].label,
      unit: metrics[metric].unit,
      value: usage[metric]?.value ?? null,
      source: usage[metric]?.source ?? null,
      recordedAt: usage[metric] ? (written.get(metric)?.toISOString() ?? null) : null,
      limit: limits[metric] ?? null,
    })),
  };
});

async function writtenAt(db: Db, tenantId: string, since: Date): Promise<Map<string, Date>> {
  const rows = await db.$queryRaw<{ metric: string; at: Date | null }[]>`
    SELECT m.metric, found.at FROM unnest(${[...metricNames]}::text[]) AS m (metric) CROSS JOIN LATERAL (
      SELECT max(l.recorded_at) AS at FROM tenant_usage_logs l
       WHERE l.tenant_id = ${tenantId}::uuid AND l.metric_type = m.metric AND l.recorded_at >= ${since}) found`;
  return new Map(rows.flatMap(({ metric, at }) => (at ? [[metric, at] as const] : [])));
}
