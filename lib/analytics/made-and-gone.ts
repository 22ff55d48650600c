import { type Ctx, scopeOf } from "@/lib/gate/context";
import { scopeSql } from "@/lib/gate/visible";
import { Prisma } from "@/lib/platform/prisma";
import { filterSql, type TenantFilter } from "@/lib/tenants/list-tenants";

/** A tenant's begin and end, Unix milliseconds; null while it is there. */
export type Life = { created: number; deleted: number | null };

/** When tenants that match were made and removed, those that are gone by now included. */
export async function livesOf({ db, actor }: Pick<Ctx, "db" | "actor">, filter: TenantFilter): Promise<Life[]> {
  const within = Prisma.sql`${scopeSql(scopeOf(actor))} AND ${filterSql(filter)}`;
  return await db.$queryRaw<Life[]>`
    SELECT extract(epoch FROM t.created_at)::float8 * 1000 AS created,
           extract(epoch FROM t.deleted_at)::float8 * 1000 AS deleted
      FROM tenants t WHERE ${within}`;
}

/** How many were made and removed from `from` to before `to`, and how many there were at its end. */
export function countLives(lives: readonly Life[], from: number, to: number) {
  const within = (at: number | null) => at !== null && at >= from && at < to;
  return {
    total: lives.filter(({ created, deleted }) => created < to && (deleted === null || deleted >= to)).length,
    created: lives.filter(({ created }) => within(created)).length,
    deleted: lives.filter(({ deleted }) => within(deleted)).length,
  };
}
