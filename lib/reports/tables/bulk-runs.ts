import { z } from "zod";
import { runsSql } from "@/lib/bulk/list-runs";
import { selectionStored, selectionWords } from "@/lib/bulk/selection";
import { type ItemStatus, itemStatuses } from "@/lib/bulk/shapes";
import { titleOf } from "@/lib/bulk/view";
import { Prisma } from "@/lib/platform/prisma";
import { bulkRunsTable } from "../contract-tables-runs";
import { plain, type SqlColumn, shown, sqlTable, time, words } from "../table-sql";

const titled = z.object({ action: z.string(), input: z.custom<Prisma.JsonValue>(), undoOf: z.string().nullable() });

const counts = Object.fromEntries(
  itemStatuses.map((status) => [status, plain(Prisma.raw(`coalesce(n.${status}, 0)`))]),
) as Record<ItemStatus, SqlColumn>;

const perStatus = itemStatuses.map((status) => `sum(c.items) FILTER (WHERE c.status = '${status}') AS ${status}`);

/** How a run's items ended, once they have; counted anew while they have not. */
const counted = Prisma.sql`
  CROSS JOIN LATERAL (
    SELECT sum(c.items) AS total, ${Prisma.raw(perStatus.join(", "))}
      FROM (SELECT e.status, e.items FROM jsonb_to_recordset(r.ended) AS e (status text, items bigint)
             UNION ALL
            SELECT i.status::text, count(*) FROM bulk_items i WHERE i.run_id = r.id AND r.ended IS NULL GROUP BY 1) c) n`;

/** Bulk runs, the newest first. */
export const bulkRuns = sqlTable(bulkRunsTable, async (ctx, filter) => ({
  columns: {
    id: plain(Prisma.sql`r.id`),
    title: shown(Prisma.sql`json_build_object('action', r.action, 'input', r.input, 'undoOf', r.undo_of)`, (text) =>
      titleOf(titled.parse(JSON.parse(text))),
    ),
    action: words(Prisma.sql`r.action`),
    status: words(Prisma.sql`r.status`),
    reason: words(Prisma.sql`r.reason`),
    selection: shown(Prisma.sql`r.selection`, (text) => selectionWords(selectionStored.parse(JSON.parse(text)))),
    note: words(Prisma.sql`r.note`),
    total: plain(Prisma.sql`coalesce(n.total, 0)`),
    ...counts,
    plannedBy: words(Prisma.sql`r.planned_by`),
    plannedAt: time(Prisma.sql`r.planned_at`),
    confirmedBy: words(Prisma.sql`r.confirmed_by`),
    confirmedAt: time(Prisma.sql`r.confirmed_at`),
    secondBy: words(Prisma.sql`r.second_by`),
    secondAt: time(Prisma.sql`r.second_at`),
    startedAt: time(Prisma.sql`r.started_at`),
    finishedAt: time(Prisma.sql`r.finished_at`),
    undoOf: plain(Prisma.sql`r.undo_of`),
    input: words(Prisma.sql`r.input`),
  },
  from: Prisma.sql`bulk_runs r ${counted} WHERE ${await runsSql(ctx, filter)}`,
  order: Prisma.sql`r.id DESC`,
}));
