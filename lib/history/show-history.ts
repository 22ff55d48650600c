import { operation } from "@/lib/gate/operation";
import type { Db } from "@/lib/platform/prisma";
import { historyContract } from "./contract";
import { partitionsOf } from "./partitions";
import { type Level, levels } from "./shapes";
import { daysKept, keptTables } from "./spans";

/** How usage is kept: each level with its retention, size, and up to when it is complete. */
export const showHistory = operation(historyContract, async (ctx) => {
  const rows = await ctx.db.usageRollup.findMany();
  const minutes = rows.find(({ level }) => level === "minute")?.until;
  const marks = await ctx.db.$queryRaw<{ late: number }[]>`
    SELECT count(DISTINCT (subject_id, minute))::int AS late FROM usage_late_minutes`;
  return {
    levels: await Promise.all(
      levels.map(async (level) => {
        const row = level === "raw" ? undefined : rows.find((one) => one.level === level);
        return {
          level,
          retentionDays: daysKept(level),
          ...(await storageOf(ctx.db, level)),
          until: row?.until.toISOString() ?? null,
          tookMs: row?.tookMs ?? null,
        };
      }),
    ),
    late: marks[0]?.late ?? 0,
    behindSeconds: minutes ? Math.max(0, (ctx.now().getTime() - minutes.getTime()) / 1000) : null,
  };
});

type Storage = { from: string | null; partitions: number; sizeBytes: number; rows: number };

async function storageOf(db: Db, level: Level): Promise<Storage> {
  const tables = keptTables.filter((kept) => kept.level === level);
  const partitions = (await Promise.all(tables.map((kept) => partitionsOf(db, kept)))).flat();
  const first = Math.min(...partitions.map((partition) => partition.first.getTime()));
  const found = await db.$queryRaw<{ sizeBytes: number; rows: number }[]>`
    SELECT coalesce(sum(pg_total_relation_size(child.oid)), 0)::float8 AS "sizeBytes",
           coalesce(sum(greatest(child.reltuples, 0)), 0)::float8 AS rows
      FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
     WHERE inhparent::regclass::text = ANY (${tables.map(({ table }) => table)})`;
  return {
    from: Number.isFinite(first) ? new Date(first).toISOString() : null,
    partitions: partitions.length,
    ...(found[0] ?? { sizeBytes: 0, rows: 0 }),
  };
}
