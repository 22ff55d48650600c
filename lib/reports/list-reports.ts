import { inOrder, keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { listReportsContract } from "./contract";
import { readReports, visibleReports } from "./find-report";
import { reportView } from "./view";

/** The reports that an actor may know of, newest first. */
export const listReports = operation(listReportsContract, async (ctx, { status, kind, format, schedule, ...page }) => {
  const newestFirst = keyset("reports.list", [{ of: Prisma.sql`r.id`, kind: "uuid", order: "desc" }]);
  const parts = [visibleReports(ctx.actor), newestFirst.after(page.cursor)];
  if (status.length > 0) parts.push(Prisma.sql`r.status::text = ANY(${status})`);
  if (kind.length > 0) parts.push(Prisma.sql`r.kind = ANY(${kind})`);
  if (format.length > 0) parts.push(Prisma.sql`r.format = ANY(${format})`);
  if (schedule) parts.push(Prisma.sql`r.schedule_id = ${schedule}::uuid`);
  const found = await ctx.db.$queryRaw<Placed<{ id: string }>[]>`
    SELECT r.id::text AS id, ${newestFirst.place} FROM reports r
     WHERE ${Prisma.join(parts, " AND ")} ORDER BY ${newestFirst.order} LIMIT ${page.limit + 1}`;
  const { rows, next } = newestFirst.page(found, page.limit);
  const reports = await readReports(
    ctx.db,
    rows.map(({ id }) => id),
  );
  return { reports: inOrder(rows, reports).map(reportView), next };
});
