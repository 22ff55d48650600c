import { type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { visibleSql, visibleTenants } from "@/lib/gate/visible";
import { fleetHold } from "@/lib/kernel/metrics";
import { serverStates } from "@/lib/metrics/overview-questions";
import { askServers } from "@/lib/servers/ask-servers";
import { ageOf } from "./age";
import { performanceMonitorContract } from "./contract";
import { countsOf, type ServerCounts } from "./slow-statements";
import { topTenants } from "./top-tenants";
import { patienceMs } from "./whole-servers";

export const showPerformanceNow = operation(performanceMonitorContract, async (ctx, { limit }) => {
  const whole = scopeOf(ctx.actor).kind === "all";
  const tenants = await ctx.db.tenant.findMany({
    where: visibleTenants(ctx.actor),
    select: { id: true, slug: true, name: true, serverId: true, database: true },
  });
  const rows = await ctx.db.server.findMany({ orderBy: { name: "asc" } });
  const servers = rows.filter(({ id }) => whole || tenants.some(({ serverId }) => serverId === id));
  const databases = (id: string) => tenants.filter(({ serverId }) => serverId === id).map(({ database }) => database);
  const answers = await askServers(servers, (client, { id }) => countsOf(client, databases(id), limit), patienceMs);
  const at = ctx.now();
  const states = await serverStates(ctx.db, new Date(at.getTime() - fleetHold));
  const slow = answers.flatMap(({ server: { id, name }, answer }) =>
    (answer?.slow ?? []).flatMap(({ database, ...statement }) => {
      const tenant = tenants.find((one) => one.serverId === id && one.database === database);
      if (!tenant) return [];
      return [{ server: { id, name }, tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name }, ...statement }];
    }),
  );
  return {
    partial: !whole,
    servers: answers.flatMap(({ server, answer, error }) => {
      if (!whole) return [];
      const { id, name, lastTickAt } = server;
      const transactions = states.find((one) => one.id === id)?.transactions ?? null;
      return [
        { id, name, answered: answer !== null, error, transactions, ...ageOf(lastTickAt, at), ...countsView(answer) },
      ];
    }),
    slow: slow.sort((one, other) => other.meanMs - one.meanMs).slice(0, limit),
    responses: { ...(await responses(ctx)), window: "the last 6 to 8 seconds" },
    slowest: await topTenants(ctx, "latency", limit),
    at: at.toISOString(),
  };
});

function countsView(counts: ServerCounts | null) {
  const { cacheHit = null, tempBytes = null, deadlocks = null, countedSince = null, long = null } = counts ?? {};
  const slowFrom = counts?.slow == null ? null : "pg_stat_statements";
  return { cacheHit, tempBytes, deadlocks, countedSince: countedSince?.toISOString() ?? null, long, slowFrom };
}

type Responses = { meanMs: number | null; requests: number | null; errors: number | null; tenants: number };

async function responses({ db, actor }: Ctx): Promise<Responses> {
  const [row] = await db.$queryRaw<Responses[]>`
    SELECT sum(u.latency * u.requests) FILTER (WHERE u.latency IS NOT NULL)
             / nullif(sum(u.requests) FILTER (WHERE u.latency IS NOT NULL), 0) AS "meanMs",
           sum(u.requests) AS requests, sum(u.errors) AS errors, count(u.latency)::int AS tenants
      FROM tenant_usage_latest u JOIN tenants t ON t.id = u.tenant_id WHERE ${visibleSql(actor)}`;
  return row ?? { meanMs: null, requests: null, errors: null, tenants: 0 };
}
