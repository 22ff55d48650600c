import type { Db, Prisma } from "@/lib/platform/prisma";
import { anomalyCursor } from "./detect";
import { baselineDays, dayMs, leastDays } from "./usual";

type WatchState = { tenants: number; usual: number; until: string | null; possible: string | null };

/** How far anomalies of some tenants (`where`, on `tenants t`) are worked out at a time. */
export async function watchState(db: Db, where: Prisma.Sql, now: number): Promise<WatchState> {
  const [row] = await db.$queryRaw<{ tenants: number; usual: number; until: Date | null }[]>`
    SELECT count(*)::int AS tenants,
           count(*) FILTER (WHERE EXISTS (
             SELECT FROM usage_baselines b WHERE b.tenant_id = t.id AND cardinality(b.median) > 0))::int AS usual,
           (SELECT until FROM usage_rollups WHERE level = ${anomalyCursor}) AS until
      FROM tenants t WHERE ${where}`;
  const { tenants, usual, until } = row ?? { tenants: 0, usual: 0, until: null };
  const possible = usual === 0 ? await possibleFrom(db, where, now) : null;
  return { tenants, usual, until: until?.toISOString() ?? null, possible };
}

/** When the first of them has history enough, by the oldest hour that is known of it. */
async function possibleFrom(db: Db, where: Prisma.Sql, now: number): Promise<string | null> {
  const [row] = await db.$queryRaw<{ oldest: Date | null }[]>`
    SELECT min(first.at) AS oldest FROM tenants t, LATERAL (
      SELECT h.at FROM tenant_usage_hours h
       WHERE h.tenant_id = t.id AND h.at >= ${new Date(now - baselineDays * dayMs)} ORDER BY h.at LIMIT 1) AS first
     WHERE ${where}`;
  return row?.oldest ? new Date(row.oldest.getTime() + leastDays * dayMs).toISOString() : null;
}
