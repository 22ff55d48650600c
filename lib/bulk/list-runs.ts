import { type Actor, type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { findTenant } from "@/lib/tenants/find";
import { listRunsContract } from "./contract";
import { runViews } from "./view";

export const listRuns = operation(listRunsContract, async (ctx, { status, action, tenant, before, limit }) => {
  const parts = [runsWithin(ctx.actor)];
  if (status.length > 0) parts.push(Prisma.sql`r.status::text = ANY(${status})`);
  if (action.length > 0) parts.push(Prisma.sql`r.action = ANY(${action})`);
  if (tenant) parts.push(await withTenant(ctx, tenant));
  if (before) parts.push(Prisma.sql`r.id < ${before}::uuid`);
  const found = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT r.id::text AS id FROM bulk_runs r WHERE ${Prisma.join(parts, " AND ")} ORDER BY r.id DESC LIMIT ${limit + 1}`;
  const ids = found.slice(0, limit).map(({ id }) => id);
  const rows = await ctx.db.bulkRun.findMany({ where: { id: { in: ids } }, orderBy: { id: "desc" } });
  return { runs: await runViews(ctx.db, rows), next: found.length > limit ? (ids.at(-1) ?? null) : null };
});

/** The runs that an actor may know of, as `scopeWithin` says. */
function runsWithin(actor: Actor): Prisma.Sql {
  const scope = scopeOf(actor);
  if (scope.kind === "all") return Prisma.sql`true`;
  return Prisma.sql`(r.scope->>'kind' = ${scope.kind} AND r.scope->'values' <@ ${JSON.stringify(scope.values)}::jsonb)`;
}

/** Runs with an item of a tenant, which the actor has to reach. */
async function withTenant(ctx: Ctx, id: string): Promise<Prisma.Sql> {
  await findTenant(ctx, id);
  return Prisma.sql`r.id IN (SELECT i.run_id FROM bulk_items i WHERE i.tenant_id = ${id}::uuid)`;
}
