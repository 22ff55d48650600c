import { inOrder, keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { listSchedulesContract } from "./contract-schedules";
import { visibleKinds } from "./find-report";
import { scheduleViews } from "./schedule-view";

/** The schedules that an actor may know of, by their names. */
export const listSchedules = operation(listSchedulesContract, async (ctx, { kind, cursor, limit }) => {
  const byName = keyset("reportSchedules.list", [
    { of: Prisma.sql`lower(r.name)`, kind: "text" },
    { of: Prisma.sql`r.id`, kind: "uuid" },
  ]);
  const parts = [visibleKinds(ctx.actor), byName.after(cursor)];
  if (kind.length > 0) parts.push(Prisma.sql`r.kind = ANY(${kind})`);
  const found = await ctx.db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT r.id::text AS id, ${byName.place} FROM report_schedules r
     WHERE ${Prisma.join(parts, " AND ")} ORDER BY ${byName.order} LIMIT ${limit + 1}`;
  const { rows, next } = byName.page(found, limit);
  const schedules = await ctx.db.reportSchedule.findMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return { schedules: await scheduleViews(ctx, inOrder(rows, schedules)), next };
});
