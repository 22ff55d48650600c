import { z } from "zod";
import { type Ctx, scopeOf } from "@/lib/gate/context";
import { type Keyset, keyset, type Placed, type SortKey } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { scopeSql } from "@/lib/gate/visible";
import { Prisma } from "@/lib/platform/prisma";
import { type itemSorts, listItemsContract } from "./contract";
import { findRun } from "./find-run";
import type { ItemView } from "./shapes";

export const listItems = operation(listItemsContract, async (ctx, { id, sort, order, cursor, limit, ...filter }) => {
  const list = sortedBy(sort, order);
  const run = await findRun(ctx, id);
  const where = itemsOf(ctx, id, filter);
  const [rows, [total]] = await Promise.all([
    ctx.db.$queryRaw<Placed<Row>[]>`
      SELECT i.position, i.tenant_id::text AS id, i.slug, i.name, v.name AS server, i.wave::int, i.status::text, i.warnings,
             i.words, i.attempts::int, i.not_before AS "notBefore", i.started_at AS "startedAt",
             i.finished_at AS "finishedAt", i.status = 'done' AND i.saved IS NOT NULL AS saved, i.result, ${list.place}
        FROM bulk_items i LEFT JOIN servers v ON v.id = i.server_id
       WHERE ${where} AND ${list.after(cursor)} ORDER BY ${list.order} LIMIT ${limit + 1}`,
    ctx.db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM bulk_items i WHERE ${where}`,
  ]);
  const page = list.page(rows, limit);
  const items = page.rows.map((row) => itemView(row, run.undoOf === null));
  return { items, total: total?.n ?? 0, next: page.next };
});

function sortedBy(sort: (typeof itemSorts)[number], order: "asc" | "desc"): Keyset {
  const last: SortKey[] = sort === "position" ? [] : [{ ...sortKeys.position, order }];
  return keyset(`bulk.items ${sort} ${order}`, [{ ...sortKeys[sort], order }, ...last]);
}

const sortKeys: Record<(typeof itemSorts)[number], SortKey> = {
  position: { of: Prisma.sql`i.position`, kind: "id" },
  slug: { of: Prisma.sql`i.slug`, kind: "text" },
  startedAt: { of: Prisma.sql`i.started_at`, kind: "time", nullable: true },
  finishedAt: { of: Prisma.sql`i.finished_at`, kind: "time", nullable: true },
};

type Filter = Pick<z.output<typeof listItemsContract.input>, "status" | "wave" | "warned" | "search"> & {
  position?: number | undefined;
};

/** The items of a run that a filter leaves, of those whose tenants are within the actor's reach. */
export function itemsOf(
  { actor }: Pick<Ctx, "actor">,
  runId: string,
  { status, wave, warned, search, position }: Filter,
): Prisma.Sql {
  const parts = [Prisma.sql`i.run_id = ${runId}::uuid`];
  const scope = scopeOf(actor);
  if (scope.kind !== "all")
    parts.push(Prisma.sql`EXISTS (SELECT 1 FROM tenants t WHERE t.id = i.tenant_id AND ${scopeSql(scope)})`);
  if (status.length > 0) parts.push(Prisma.sql`i.status = ANY(${status}::bulk_item_status[])`);
  if (wave !== undefined) parts.push(Prisma.sql`i.wave = ${wave}`);
  if (warned !== undefined) parts.push(Prisma.sql`(cardinality(i.warnings) > 0) = ${warned}`);
  if (position !== undefined) parts.push(Prisma.sql`i.position = ${position}`);
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(Prisma.sql`(i.slug ILIKE ${pattern} OR i.name ILIKE ${pattern})`);
  }
  return Prisma.join(parts, " AND ");
}

type Row = Pick<ItemView, "position" | "wave" | "status" | "warnings" | "words" | "attempts"> & {
  id: string;
  slug: string;
  name: string;
  server: string | null;
  notBefore: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  saved: boolean;
  result: unknown;
};

const withFile = z.object({ file: z.object({ name: z.string(), bytes: z.number() }) });

function itemView(row: Row, original: boolean): ItemView {
  const { position, wave, status, warnings, words, attempts } = row;
  const file = withFile.safeParse(row.result);
  return {
    ...{ position, wave, status, warnings, words, attempts },
    tenant: { id: row.id, slug: row.slug, name: row.name },
    server: row.server ?? "",
    notBefore: row.notBefore?.toISOString() ?? null,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoable: row.saved && original,
    file: file.success ? file.data.file : null,
  };
}
