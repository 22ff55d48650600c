import type { TenantName } from "@/lib/history/shapes";
import type { Db } from "@/lib/platform/prisma";

/** Tenants by their ids, as charts and lists name them. Which of them may be told is the caller's question. */
export async function tenantNames(db: Db, ids: readonly string[]): Promise<Map<string, TenantName>> {
  const rows = await db.tenant.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, slug: true, name: true, status: true, plan: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}
