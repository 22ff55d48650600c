import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { silentSeconds } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import { databaseTime } from "./clock";
import { listPoolsContract, type PoolSort, type TenantPoolView } from "./contract";

type Row = Omit<TenantPoolView, "tenant"> & TenantPoolView["tenant"] & { total: number };

const columns: Record<PoolSort, Prisma.Sql> = {
  open: Prisma.sql`"open"`,
  waiting: Prisma.sql`"waiting"`,
  waits: Prisma.sql`"waits"`,
  waitMs: Prisma.sql`"waitMs"`,
  timeouts: Prisma.sql`"timeouts"`,
  evictions: Prisma.sql`"evictions"`,
  connects: Prisma.sql`"connects"`,
};

export const listPools = operation(listPoolsContract, async ({ db, actor }, { process, sort, limit }) => {
  const ofProcess = process === undefined ? Prisma.sql`true` : Prisma.sql`p.id = ${process}::uuid`;
  const rows = await db.$queryRaw<Row[]>`
    SELECT t.id::text AS id, t.slug, t.name, count(*)::int AS processes, sum(pool.open)::int AS open,
           sum(pool.idle)::int AS idle, sum(pool.waiting)::int AS waiting, sum(pool.connects)::float8 AS connects,
           sum(pool.reuses)::float8 AS reuses, sum(pool.waits)::float8 AS waits, sum(pool.wait_ms)::float8 AS "waitMs",
           sum(pool.evictions)::float8 AS evictions, sum(pool.timeouts)::float8 AS timeouts,
           count(*) OVER ()::int AS total
      FROM runtime_processes p JOIN runtime_pools pool ON pool.process_id = p.id JOIN tenants t ON t.id = pool.tenant_id
     WHERE p.stopped_at IS NULL AND p.seen_at > now() - make_interval(secs => ${silentSeconds})
       AND ${ofProcess} AND ${visibleSql(actor)}
     GROUP BY t.id ORDER BY ${columns[sort]} DESC, t.slug, t.id LIMIT ${limit}`;
  const pools = rows.map(({ id, slug, name, total: _, ...figures }) => ({ tenant: { id, slug, name }, ...figures }));
  return { pools, total: rows[0]?.total ?? 0, at: (await databaseTime(db)).toISOString() };
});
