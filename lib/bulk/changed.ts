import { scopeSql } from "@/lib/gate/visible";
import type { Scope } from "@/lib/kernel/scope";
import type { Db } from "@/lib/platform/prisma";

/** How many tenants that a plan would act on were changed since, or left the scope; with the first few of them. */
export async function changedSince(db: Db, runId: string, scope: Scope): Promise<{ changed: number; slugs: string[] }> {
  const [found] = await db.$queryRaw<{ changed: number; slugs: string[] | null }[]>`
    SELECT count(*)::int AS changed, (array_agg(i.slug ORDER BY i.position))[1:5] AS slugs
      FROM bulk_items i LEFT JOIN tenants t ON t.id = i.tenant_id
     WHERE i.run_id = ${runId}::uuid AND i.status = 'pending'
       AND (t.version = i.tenant_version AND t.deleted_at IS NULL AND ${scopeSql(scope)}) IS NOT TRUE`;
  return { changed: found?.changed ?? 0, slugs: found?.slugs ?? [] };
}
