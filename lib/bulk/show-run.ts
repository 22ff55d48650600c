import { refuse } from "@/lib/gate/access";
import { type Actor, type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import type { Db } from "@/lib/platform/prisma";
import { findAction } from "./actions";
import { changedSince } from "./changed";
import { showRunContract } from "./contract";
import { confirmRunContract } from "./contract-verbs";
import type { Counted } from "./count-items";
import { findRun, type RunRow, reaches } from "./find-run";
import { type Group, paceOf, secondsLeft, wavesOf } from "./rules";
import type { RunDetail, RunStatus, SettledOptions } from "./shapes";
import { needsTwo } from "./two-persons";
import { runView, titleOf, undoneBy } from "./view";

export const showRun = operation(showRunContract, async (ctx, { id }) => {
  const run = await findRun(ctx, id);
  const now = ctx.now();
  const [groups, undone, warnings, waitsFor, stale] = await Promise.all([
    readGroups(ctx.db, run, now),
    undoneBy(ctx.db, [id]),
    readWarnings(ctx.db, id),
    readWaits(ctx, run),
    isPlan(run.status) ? changedSince(ctx.db, id, scopeOf(ctx.actor), shortlyBefore(run)) : { changed: 0 },
  ]);
  const options = run.options as SettledOptions;
  const runningMs = now.getTime() - (run.startedAt ?? now).getTime();
  const progress = { status: run.status, wave: run.wave, options, runningMs };
  return {
    ...runView(run, run.ended === null ? groups : (run.ended as Counted[]), undone.get(id) ?? null),
    waves: wavesOf(groups, run.wave, run.status),
    ...{ warnings, waitsFor, stale: stale.changed },
    perSecond: paceOf(groups, progress),
    secondsLeft: secondsLeft(groups, progress),
    mayConfirm: mayConfirm(ctx.actor, run),
  };
});

const isPlan = (status: RunStatus): boolean => status === "planned" || status === "awaiting_second";

/** Some minutes earlier than the plan: the clocks of two hosts are not quite the same. */
const shortlyBefore = ({ plannedAt }: RunRow): Date => new Date(plannedAt.getTime() - 300_000);

/** The run's items, counted in one pass. */
async function readGroups(db: Db, { id }: RunRow, now: Date): Promise<Group[]> {
  const lately = new Date(now.getTime() - 60_000);
  return await db.$queryRaw<Group[]>`
    SELECT wave::int, status::text, server_id::text AS "serverId", count(*)::int AS items,
           count(*) FILTER (WHERE finished_at > ${lately} AND started_at IS NOT NULL)::int AS lately,
           coalesce(extract(epoch FROM sum(finished_at - started_at)), 0)::float AS seconds,
           count(finished_at - started_at)::int AS timed,
           count(*) FILTER (WHERE status = 'done' AND saved IS NOT NULL)::int AS undoable
      FROM bulk_items WHERE run_id = ${id}::uuid GROUP BY 1, 2, 3`;
}

/** Items that are warned of the same are put together first, which is several times as fast as taking each apart. */
async function readWarnings(db: Db, id: string): Promise<RunDetail["warnings"]> {
  return await db.$queryRaw<RunDetail["warnings"]>`
    SELECT w.words, sum(alike.items)::int AS tenants
      FROM (SELECT warnings, count(*) AS items FROM bulk_items
             WHERE run_id = ${id}::uuid AND warnings <> '{}' GROUP BY 1) AS alike
     CROSS JOIN LATERAL unnest(alike.warnings) AS w (words)
     GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 50`;
}

/** The runs that were confirmed earlier and still have to come to the end of some of the same tenants. */
async function readWaits({ db, actor }: Ctx, run: RunRow): Promise<RunDetail["waitsFor"]> {
  if (run.status !== "running" || run.confirmedAt === null) return [];
  const earlier = await db.bulkRun.findMany({
    where: { status: "running", id: { not: run.id }, confirmedAt: { lte: run.confirmedAt } },
  });
  if (earlier.length === 0) return [];
  const shared = await db.$queryRaw<{ id: string; tenants: number }[]>`
    SELECT o.run_id::text AS id, count(*)::int AS tenants
      FROM bulk_items i JOIN bulk_items o ON o.tenant_id = i.tenant_id AND o.status < 'done'
     WHERE i.run_id = ${run.id}::uuid AND i.status = 'pending' AND o.run_id = ANY(${earlier.map(({ id }) => id)}::uuid[])
     GROUP BY 1`;
  return shared.flatMap(({ id, tenants }) => {
    const other = earlier.find((one) => one.id === id);
    if (!other) return [];
    return { run: id, title: reaches(actor, other) ? titleOf(other) : "A run beyond your reach", tenants };
  });
}

/** Whether somebody has the rights to confirm a run, and is not the one of two who did already. */
function mayConfirm(actor: Actor, run: RunRow): boolean {
  const action = findAction(run.action);
  if (!action || refuse(confirmRunContract, actor)) return false;
  if (refuse({ access: action.permission, summary: action.summary, scoped: true }, actor)) return false;
  if (!needsTwo(run.action)) return true;
  return actor.kind === "user" && !(run.status === "awaiting_second" && run.confirmedById === actor.id);
}
