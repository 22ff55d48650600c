import { scopeSql } from "@/lib/gate/visible";
import type { Scope } from "@/lib/kernel/scope";
import { type Db, Prisma } from "@/lib/platform/prisma";

/**
 * How many tenants that a plan would act on were changed since, or left the scope; with the first few of them. With
 * `after`, only those are looked at that were touched later: quicker, and enough for a page.
 */
export async function changedSince(
  db: Db,
  runId: string,
  scope: Scope,
  after?: Date,
): Promise<{ changed: number; slugs: string[] }> {
  const touched = after ? Prisma.sql`AND t.updated_at > ${after}` : Prisma.empty;
  const [found] = await db.$queryRaw<{ changed: number; slugs: string[] | null }[]>`
    SELECT count(*)::int AS changed, (array_agg(i.slug ORDER BY i.position))[1:5] AS slugs
      FROM bulk_items i LEFT JOIN tenants t ON t.id = i.tenant_id
     WHERE i.run_id = ${runId}::uuid AND i.status = 'pending'
       AND (t.version = i.tenant_version AND t.deleted_at IS NULL AND ${scopeSql(scope)}) IS NOT TRUE ${touched}`;
  return { changed: found?.changed ?? 0, slugs: found?.slugs ?? [] };
}
