import { type Ctx, scopeOf } from "@/lib/gate/context";
import { scopeShape, scopeWithin } from "@/lib/kernel/scope";
import { Prisma } from "@/lib/platform/prisma";
import { titleOf } from "./view";

const minute = 60_000;

/** What is warned of whatever the action: text expressions, and the joins (`v`, `o`) that they speak of. */
export async function generalWarnings(
  { db, actor, now }: Ctx,
  runId: string,
): Promise<{ joins: Prisma.Sql; warnings: Prisma.Sql[] }> {
  const open = await db.bulkRun.findMany({
    where: { id: { not: runId }, status: { in: ["awaiting_second", "running", "paused", "cancelling"] } },
    orderBy: { id: "asc" },
  });
  const seen = (scope: unknown) => scopeWithin(scopeShape.parse(scope), scopeOf(actor));
  const titles = open.map((run) => `In another open run${seen(run.scope) ? `: ${titleOf(run)}` : ""}`);
  const ago = (ms: number) => new Date(now().getTime() - ms);
  return {
    joins: Prisma.sql`LEFT JOIN servers v ON v.id = t.server_id
      LEFT JOIN (SELECT i.tenant_id, min(r.title) AS title
                   FROM unnest(${open.map(({ id }) => id)}::uuid[], ${titles}::text[]) AS r (id, title)
                   JOIN bulk_items i ON i.run_id = r.id AND i.status < 'done'
                  GROUP BY i.tenant_id) o ON o.tenant_id = t.id`,
    warnings: [
      Prisma.sql`o.title`,
      Prisma.sql`CASE WHEN t.updated_at > ${ago(10 * minute)} THEN 'Changed in the last ten minutes' END`,
      Prisma.sql`CASE WHEN u.tenant_id IS NULL THEN 'Never measured: its figures are unknown'
        WHEN v.last_tick_at IS NULL OR v.last_tick_at < ${ago(minute)} THEN 'Its server was not measured in the last minute: its figures are stale' END`,
    ],
  };
}
