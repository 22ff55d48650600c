import { keyset, type Placed } from "@/lib/gate/keyset";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import type { ActivityView } from "./shapes";

type Row = Omit<ActivityView, "tenant" | "at"> & { tenantId: string; slug: string; name: string; at: Date };

type Page = { cursor?: string | undefined; limit: number };

/** A page of the activities that meet a condition on `a`, newest first; `list` names the list that is asked for. */
export async function readActivities(
  db: Db,
  list: string,
  which: Prisma.Sql,
  { cursor, limit }: Page,
): Promise<{ activities: ActivityView[]; next: string | null }> {
  // Apps tell of sign-ins a moment after they happened: ids alone don't say what is older.
  const newestFirst = keyset(list, [
    { of: Prisma.sql`a.created_at`, kind: "time", order: "desc" },
    { of: Prisma.sql`a.id`, kind: "id", order: "desc" },
  ]);
  const rows = await readingOf(db).$queryRaw<Placed<Row>[]>`
    SELECT a.id::text AS id, t.id::text AS "tenantId", t.slug, t.name, a.activity_type AS type, a.description, a.actor,
           host(a.ip_address) AS "ipAddress", a.created_at AS at, ${newestFirst.place}
      FROM (SELECT * FROM tenant_activities a WHERE ${which} AND ${newestFirst.after(cursor)}
             ORDER BY ${newestFirst.order} LIMIT ${limit + 1}) a
      JOIN tenants t ON t.id = a.tenant_id
     ORDER BY ${newestFirst.order}`;
  const page = newestFirst.page(rows, limit);
  const activities = page.rows.map(({ tenantId, slug, name, at, place: _, ...row }) => ({
    ...row,
    tenant: { id: tenantId, slug, name },
    at: at.toISOString(),
  }));
  return { activities, next: page.next };
}

export type ActivityFilter = {
  type: string[];
  actor?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** What a filter leaves of activities `a`. `from` is the first moment, `to` the first that is left out. */
export function activitySql({ type, actor, from, to }: ActivityFilter): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (type.length > 0) parts.push(Prisma.sql`a.activity_type = ANY(${type})`);
  if (actor !== undefined) parts.push(Prisma.sql`a.actor = ${actor}`);
  if (from !== undefined) parts.push(Prisma.sql`a.created_at >= ${new Date(from)}`);
  if (to !== undefined) parts.push(Prisma.sql`a.created_at < ${new Date(to)}`);
  return Prisma.join(parts, " AND ");
}
