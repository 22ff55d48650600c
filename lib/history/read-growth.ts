import { type Db, Prisma } from "@/lib/platform/prisma";
import { pointsOf } from "./cells";
import { usageTable } from "./columns";
import { stepAt, stepSql } from "./parts";
import type { Points } from "./shapes";
import type { Frame } from "./span";
import { bucketMs, type Rolled } from "./steps";

/** Storage of all tenants that match at the end of each step, MiB: the sum of what each is last known to have in it. */
export async function readStorageEnds(db: Db, which: Prisma.Sql, frame: Frame): Promise<Points> {
  if (frame.level === "raw") return pointsOf(frame.begins, () => null);
  const rows = await db.$queryRaw<{ at: number; storage: number }[]>`
    SELECT extract(epoch FROM at)::float8 * 1000 AS at, sum(storage)::float8 AS storage
      FROM ${endsOfSteps(which, frame, frame.level)} ends GROUP BY at`;
  const ends = new Map(rows.map(({ at, storage }) => [stepAt(frame, at), storage]));
  return pointsOf(frame.begins, (step) => ends.get(step));
}

/** Each tenant's last known value of each step. Where a step is one bucket, that is its row. */
function endsOfSteps(which: Prisma.Sql, frame: Frame, level: Rolled): Prisma.Sql {
  const known = Prisma.sql`${usageTable("tenant", level)}
     WHERE at >= ${new Date(frame.from)} AND at < ${new Date(frame.to)} AND storage_ms > 0
       AND tenant_id IN (SELECT t.id FROM tenants t WHERE ${which})`;
  if (frame.step.ms === bucketMs[level]) return Prisma.sql`(SELECT at, storage_last AS storage FROM ${known})`;
  return Prisma.sql`
    (SELECT step AS at, (max(ARRAY[extract(epoch FROM at)::float8, storage_last]))[2] AS storage
       FROM (SELECT tenant_id, at, storage_last, ${stepSql(frame)} AS step FROM ${known}) stepped
      GROUP BY tenant_id, step)`;
}

/** A tenant's storage where it is first and last known in a period, MiB and Unix milliseconds. */
export type Growth = { tenant: string; from: number; to: number; first: number; last: number };

/** The tenants that grew most by the day, of those known for at least a tenth of the period. */
export async function readFastest(db: Db, which: Prisma.Sql, frame: Frame, top: number): Promise<Growth[]> {
  if (frame.level === "raw") return [];
  const least = (frame.to - frame.from) / 10_000;
  return await db.$queryRaw<Growth[]>`
    SELECT tenant_id::text AS tenant, ends[1] * 1000 AS first, ends[2] AS from, stop[1] * 1000 AS last, stop[2] AS to
      FROM (SELECT tenant_id, min(ARRAY[extract(epoch FROM at)::float8, storage_last]) AS ends,
                   max(ARRAY[extract(epoch FROM at)::float8, storage_last]) AS stop
              FROM ${usageTable("tenant", frame.level)}
             WHERE at >= ${new Date(frame.from)} AND at < ${new Date(frame.to)} AND storage_ms > 0
               AND tenant_id IN (SELECT t.id FROM tenants t WHERE ${which})
             GROUP BY tenant_id) known
     WHERE stop[1] - ends[1] >= ${least} AND stop[2] > ends[2]
     ORDER BY (stop[2] - ends[2]) / (stop[1] - ends[1]) DESC LIMIT ${top}`;
}
