import { type Actor, type Ctx, scopeOf } from "@/lib/gate/context";
import { keyset, type Placed } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { Prisma } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import { seeTenant } from "@/lib/tenants/find";
import { listRunsContract } from "./contract";
import { type RunFacts, runViews } from "./view";

export const listRuns = operation(listRunsContract, async (ctx, { tenant, ...asked }) => {
  return await readRuns(ctx, "bulk.list", asked, tenant);
});

type Asked = { status: string[]; action: string[]; cursor?: string | undefined; limit: number };

/** A page of the runs that an actor may know of, newest first; of those with an item of a tenant, where one is named. */
export async function readRuns(ctx: Ctx, list: string, { status, action, cursor, limit }: Asked, tenant?: string) {
  const newestFirst = keyset(list, [{ of: Prisma.sql`r.id`, kind: "uuid", order: "desc" }]);
  const which = await runsSql(ctx, { status, action, tenant });
  const found = await readingOf(ctx.db).$queryRaw<Placed<RunFacts>[]>`
    SELECT r.id::text AS id, r.action, r.input, r.options, r.selection, r.note, r.status::text AS status, r.reason,
           r.digest, r.radius, r.undo_of::text AS "undoOf", r.planned_by AS "plannedBy", r.planned_at AS "plannedAt",
           r.confirmed_by AS "confirmedBy", r.confirmed_at AS "confirmedAt", r.second_by AS "secondBy",
           r.second_at AS "secondAt", r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.ended,
           ${newestFirst.place}
      FROM bulk_runs r WHERE ${which} AND ${newestFirst.after(cursor)}
     ORDER BY ${newestFirst.order} LIMIT ${limit + 1}`;
  const { rows, next } = newestFirst.page(found, limit);
  return { runs: await runViews(ctx.db, rows), next };
}

/** What a filter leaves of runs `r` that the actor may know of. */
export async function runsSql(
  ctx: Ctx,
  { status, action, tenant }: { status: string[]; action: string[]; tenant?: string | undefined },
): Promise<Prisma.Sql> {
  const parts = [runsWithin(ctx.actor)];
  if (status.length > 0) parts.push(Prisma.sql`r.status::text = ANY(${status})`);
  if (action.length > 0) parts.push(Prisma.sql`r.action = ANY(${action})`);
  if (tenant) parts.push(await withTenant(ctx, tenant));
  return Prisma.join(parts, " AND ");
}

/** The runs that an actor may know of, as `scopeWithin` says. */
export function runsWithin(actor: Actor): Prisma.Sql {
  const scope = scopeOf(actor);
  if (scope.kind === "all") return Prisma.sql`true`;
  return Prisma.sql`(r.scope->>'kind' = ${scope.kind} AND r.scope->'values' <@ ${JSON.stringify(scope.values)}::jsonb)`;
}

/** Runs with an item of a tenant, which the actor has to reach. */
async function withTenant(ctx: Ctx, id: string): Promise<Prisma.Sql> {
  await seeTenant(ctx, id);
  return Prisma.sql`r.id IN (SELECT i.run_id FROM bulk_items i WHERE i.tenant_id = ${id}::uuid)`;
}
