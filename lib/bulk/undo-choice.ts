import { scopeSql } from "@/lib/gate/visible";
import type { Scope } from "@/lib/kernel/scope";
import { Prisma } from "@/lib/platform/prisma";
import type { Choice } from "./plan-items";

type General = Pick<Choice, "joins" | "warnings">;

/** What a run did and no other undo has taken back yet: its items that keep what an undo needs, in their order. */
export function undoChoice(runId: string, scope: Scope, { joins, warnings }: General): Choice {
  return {
    joins: Prisma.sql`${joins}
      JOIN bulk_items d ON d.run_id = ${runId}::uuid AND d.tenant_id = t.id AND d.status = 'done' AND d.saved IS NOT NULL`,
    where: Prisma.sql`${scopeSql(scope)} AND NOT EXISTS (
      SELECT 1 FROM bulk_runs n JOIN bulk_items b ON b.run_id = n.id
       WHERE n.undo_of = ${runId}::uuid AND b.tenant_id = t.id AND b.status = 'done')`,
    preview: { leaveOut: Prisma.sql`CASE WHEN t.deleted_at IS NOT NULL THEN 'It was deleted.' END` },
    warnings: [
      Prisma.sql`CASE WHEN t.updated_at > d.finished_at + interval '2 seconds' THEN 'Changed since that run' END`,
      ...warnings,
    ],
    undo: { saved: Prisma.sql`d.saved`, order: Prisma.sql`d.position` },
  };
}
