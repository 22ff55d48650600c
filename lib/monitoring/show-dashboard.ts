import { runsWithin } from "@/lib/bulk/list-runs";
import { refuse } from "@/lib/gate/access";
import { type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { isolationOverviewContract } from "@/lib/isolation/contract";
import { showOverview } from "@/lib/metrics/show-overview";
import { stateOf } from "@/lib/servers/list-servers";
import { ageOf } from "./age";
import { dashboardContract } from "./contract";

export const showDashboard = operation(dashboardContract, async (ctx) => {
  const { tenants, counts, totals, health, measuredAt } = await showOverview.run(ctx, {});
  const at = ctx.now();
  const rows = await ctx.db.server.findMany({ orderBy: { name: "asc" } });
  const states = health.map(({ state }) => state);
  return {
    partial: scopeOf(ctx.actor).kind !== "all",
    state: (["down", "warning"] as const).find((state) => states.includes(state)) ?? ("ok" as const),
    ...{ tenants, counts, totals, health },
    servers: rows.map((row) => ({
      ...{ id: row.id, name: row.name, state: stateOf(row, at) },
      ...ageOf(row.lastTickAt, at),
    })),
    runs: await runs(ctx),
    ...(await troubles(ctx)),
    leaks: await leaks(ctx),
    ...ageOf(measuredAt == null ? null : new Date(measuredAt), at),
    at: at.toISOString(),
  };
});

type Runs = { atWork: number; paused: number; waiting: number };

async function runs({ db, actor }: Ctx): Promise<Runs> {
  const [row] = await db.$queryRaw<Runs[]>`
    SELECT count(*) FILTER (WHERE r.status IN ('running', 'cancelling'))::int AS "atWork",
           count(*) FILTER (WHERE r.status = 'paused')::int AS paused,
           count(*) FILTER (WHERE r.status IN ('planned', 'awaiting_second'))::int AS waiting
      FROM bulk_runs r WHERE ${runsWithin(actor)}`;
  return row ?? { atWork: 0, paused: 0, waiting: 0 };
}

type Troubles = { anomalies: number; failedSteps: number };

async function troubles({ db, actor }: Ctx): Promise<Troubles> {
  const [row] = await db.$queryRaw<Troubles[]>`
    SELECT (SELECT count(*)::int FROM usage_anomalies a JOIN tenants t ON t.id = a.tenant_id
             WHERE a.ended_at IS NULL AND ${visibleSql(actor)}) AS anomalies,
           (SELECT count(*)::int FROM tenant_steps s JOIN tenants t ON t.id = s.tenant_id
             WHERE s.status = 'failed' AND t.status IN ('provisioning', 'failed', 'deleting') AND ${visibleSql(actor)})
             AS "failedSteps"`;
  return row ?? { anomalies: 0, failedSteps: 0 };
}

/** A leak may be a matter of the whole server: told to whom the isolation page is. */
async function leaks({ db, actor }: Ctx): Promise<number | null> {
  if (refuse(isolationOverviewContract, actor)) return null;
  return await db.isolationFinding.count({ where: { resolvedAt: null } });
}
