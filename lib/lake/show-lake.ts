import { keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { env } from "@/lib/platform/env";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { type LakeDay, showLakeContract } from "./contract";
import { keptSql } from "./days-sql";
import { dueDays, openDay } from "./due-days";
import { type LakeLevel, ownLake } from "./lake";

/** How many of the waiting days are named. */
const named = 50;

/** What stands in the lake, what waits, and what went wrong. The folder itself is not looked into: the worker may be elsewhere. */
export const showLake = operation(showLakeContract, async ({ db }, { cursor, limit }) => {
  const lake = ownLake();
  const waiting = lake ? await dueDays(db, lake.level, null) : [];
  const fault = await db.lakeFault.findFirst({ orderBy: { at: "desc" } });
  return {
    on: lake !== null,
    folder: lake?.folder ?? null,
    level: env().LAKE_LEVEL,
    closedTo: await openDay(db),
    ...(await daysOf(db, cursor, limit)),
    total: await totalOf(db),
    waiting: waiting.slice(0, named).map(({ day, level, why, fault: last }) => ({
      day,
      level,
      why,
      error: last?.words ?? null,
      failedAt: last?.at.toISOString() ?? null,
    })),
    waitingDays: waiting.length,
    lastError: fault && {
      day: fault.day.toISOString().slice(0, 10),
      words: fault.words,
      at: fault.at.toISOString(),
    },
  };
});

const newestFirst = keyset("lake.show", [
  { of: Prisma.sql`to_char(written.day, 'YYYY-MM-DD')`, kind: "text", order: "desc" },
]);

type Row = Omit<LakeDay, "writtenAt" | "level"> & { level: LakeLevel; writtenAt: Date };

async function daysOf(
  db: Db,
  cursor: string | undefined,
  limit: number,
): Promise<{ days: LakeDay[]; next: string | null }> {
  const found = await db.$queryRaw<Placed<Row>[]>`
    SELECT written.day::text AS day, level, rows::float8 AS rows, tenants, bytes::float8 AS bytes,
           written_at AS "writtenAt", took_ms AS "tookMs", ${Prisma.raw(keptSql("written.day", "level"))} AS kept,
           ${newestFirst.place}
      FROM lake_days written WHERE ${newestFirst.after(cursor)} ORDER BY ${newestFirst.order} LIMIT ${limit + 1}`;
  const { rows, next } = newestFirst.page(found, limit);
  return { days: rows.map(({ place: _, ...row }) => ({ ...row, writtenAt: row.writtenAt.toISOString() })), next };
}

async function totalOf(db: Db): Promise<{ days: number; rows: number; bytes: number }> {
  const [sum] = await db.$queryRaw<{ days: number; rows: number; bytes: number }[]>`
    SELECT count(*)::int AS days, coalesce(sum(rows), 0)::float8 AS rows, coalesce(sum(bytes), 0)::float8 AS bytes
      FROM lake_days`;
  return sum ?? { days: 0, rows: 0, bytes: 0 };
}
