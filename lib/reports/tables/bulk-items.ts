import { findRun } from "@/lib/bulk/find-run";
import { itemsOf } from "@/lib/bulk/list-items";
import { Prisma } from "@/lib/platform/prisma";
import { bulkItemsTable } from "../contract-tables-runs";
import { plain, sqlTable, time, words } from "../table-sql";

/** The tenants of a run that are within reach, by their place in it. */
export const bulkItems = sqlTable(bulkItemsTable, async (ctx, { run: id, ...filter }) => {
  const run = await findRun(ctx, id);
  const original = run.undoOf === null;
  return {
    columns: {
      position: plain(Prisma.sql`i.position`),
      tenant: words(Prisma.sql`i.slug`),
      tenantId: plain(Prisma.sql`i.tenant_id`),
      name: words(Prisma.sql`i.name`),
      server: words(Prisma.sql`v.name`),
      wave: plain(Prisma.sql`i.wave`),
      status: words(Prisma.sql`i.status`),
      warnings: words(Prisma.sql`array_to_string(i.warnings, ' ')`),
      words: words(Prisma.sql`i.words`),
      attempts: plain(Prisma.sql`i.attempts`),
      notBefore: time(Prisma.sql`i.not_before`),
      startedAt: time(Prisma.sql`i.started_at`),
      finishedAt: time(Prisma.sql`i.finished_at`),
      undoable: plain(Prisma.sql`i.status = 'done' AND i.saved IS NOT NULL AND ${original}::boolean`),
      file: words(Prisma.sql`i.result->'file'->>'name'`),
    },
    from: Prisma.sql`bulk_items i LEFT JOIN servers v ON v.id = i.server_id WHERE ${itemsOf(ctx, id, filter)}`,
    order: Prisma.sql`i.position`,
  };
});
