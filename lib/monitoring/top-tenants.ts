import type { Ctx } from "@/lib/gate/context";
import { visibleSql } from "@/lib/gate/visible";
import { columnOf, type Metric } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import { usageOf } from "@/lib/tenants/view";
import { ageOf } from "./age";
import type { MonitoredTenant } from "./contract";

type Asking = Pick<Ctx, "db" | "actor" | "now">;

/**
 * The tenants within reach that are highest in a metric, highest first; those at zero, and of which it is not known, are not
 * among them. Their age is that of their server's last round: what did not change since is not written again.
 */
export async function topTenants(
  { db, actor, now }: Asking,
  metric: Metric,
  limit: number,
): Promise<MonitoredTenant[]> {
  const column = Prisma.raw(`u.${columnOf(metric)}`);
  const ids = await db.$queryRaw<{ id: string }[]>`
    SELECT t.id::text AS id FROM tenant_usage_latest u JOIN tenants t ON t.id = u.tenant_id
     WHERE ${column} > 0 AND ${visibleSql(actor)} ORDER BY ${column} DESC, t.id LIMIT ${limit}`;
  const where = { in: ids.map(({ id }) => id) };
  const rows = await db.tenant.findMany({ where: { id: where }, include: { server: true } });
  const latest = await db.tenantUsageLatest.findMany({ where: { tenantId: where } });
  const at = now();
  return ids.flatMap(({ id }) => {
    const row = rows.find((one) => one.id === id);
    const figures = latest.find((one) => one.tenantId === id);
    if (!row || !figures) return [];
    const { slug, name, status, server } = row;
    const where = { id: server.id, name: server.name };
    return [{ id, slug, name, status, server: where, usage: usageOf(figures), ...ageOf(server.lastTickAt, at) }];
  });
}
