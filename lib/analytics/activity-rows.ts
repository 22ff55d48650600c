import type { Ctx } from "@/lib/gate/context";
import { type Db, Prisma } from "@/lib/platform/prisma";
import { findTenant } from "@/lib/tenants/find";
import { type TenantFilter, tenantCondition } from "@/lib/tenants/list-tenants";
import type { ActivityView } from "@/lib/tenants/shapes";
import type { CountSteps } from "./count-steps";
import { isNarrowed } from "./question";

/**
 * Which activities `a` a question is about, of its time and tenants. Who may see all tenants also sees what happened to
 * those that are gone since, as long as the question names none.
 */
export async function happenedTo(
  ctx: Pick<Ctx, "db" | "actor" | "now">,
  input: TenantFilter & { tenant?: string | undefined },
  { from, to }: CountSteps,
): Promise<Prisma.Sql> {
  const within = Prisma.sql`a.created_at >= ${new Date(from)} AND a.created_at < ${new Date(to)}`;
  if (input.tenant !== undefined) await findTenant(ctx, input.tenant);
  const one = input.tenant === undefined ? Prisma.empty : Prisma.sql`AND a.tenant_id = ${input.tenant}::uuid`;
  if (!isNarrowed(ctx, input)) return Prisma.sql`${within} ${one}`;
  const which = tenantCondition(ctx.actor, input);
  return Prisma.sql`${within} ${one} AND a.tenant_id IN (SELECT t.id FROM tenants t WHERE ${which})`;
}

type Row = Omit<ActivityView, "tenant" | "at"> & { tenantId: string; slug: string; name: string; at: Date };

/** The newest activities that meet a condition on `a`, at most `limit`, newest first. */
export async function newest(db: Db, which: Prisma.Sql, limit: number): Promise<ActivityView[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id::text AS id, t.id AS "tenantId", t.slug, t.name, a.activity_type AS type, a.description, a.actor,
           host(a.ip_address) AS "ipAddress", a.created_at AS at
      FROM (SELECT * FROM tenant_activities a WHERE ${which} ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit}) a
      JOIN tenants t ON t.id = a.tenant_id
     ORDER BY a.created_at DESC, a.id DESC`;
  return rows.map(({ tenantId, slug, name, at, ...row }) => ({
    ...row,
    tenant: { id: tenantId, slug, name },
    at: at.toISOString(),
  }));
}
