import type pg from "pg";
import { type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { silentSeconds } from "@/lib/kernel/metrics";
import { askServers } from "@/lib/servers/ask-servers";
import { connectionsContract } from "./contract";
import { topTenants } from "./top-tenants";
import { patienceMs, wholeServers } from "./whole-servers";

export const showConnections = operation(connectionsContract, async (ctx, { limit }) => {
  const answers = await askServers(await wholeServers(ctx), sessionsOf, patienceMs);
  return {
    partial: scopeOf(ctx.actor).kind !== "all",
    servers: answers.map(({ server: { id, name }, answer, error }) => ({
      ...{ id, name, answered: answer !== null, error },
      ...(answer ?? { total: null, byState: {}, limit: null, reserved: null, left: null }),
    })),
    top: await topTenants(ctx, "connections", limit),
    pools: { ...(await pools(ctx)), source: "runtime_pools" as const },
    at: ctx.now().toISOString(),
  };
});

type States = { state: string; sessions: number; limit: number; reserved: number };

async function sessionsOf(client: pg.Client) {
  const { rows } = await client.query<States>(
    `SELECT s.state, s.sessions, current_setting('max_connections')::int AS limit,
            current_setting('superuser_reserved_connections')::int
              + coalesce(current_setting('reserved_connections', true)::int, 0) AS reserved
       FROM (SELECT coalesce(state, 'unknown') AS state, count(*)::int AS sessions
               FROM pg_stat_activity WHERE backend_type = 'client backend' GROUP BY 1) s ORDER BY 1`,
  );
  const total = rows.reduce((sum, { sessions }) => sum + sessions, 0);
  const { limit = 0, reserved = 0 } = rows[0] ?? {};
  const byState = Object.fromEntries(rows.map(({ state, sessions }) => [state, sessions]));
  return { total, byState, limit, reserved, left: Math.max(0, limit - reserved - total) };
}

type Pools = { processes: number; open: number; idle: number; waiting: number };

/** Of tenants within reach; the processes are those that keep something for one of them. */
async function pools({ db, actor }: Ctx): Promise<Pools> {
  const [row] = await db.$queryRaw<Pools[]>`
    SELECT count(DISTINCT p.id)::int AS processes, coalesce(sum(pool.open), 0)::int AS open,
           coalesce(sum(pool.idle), 0)::int AS idle, coalesce(sum(pool.waiting), 0)::int AS waiting
      FROM runtime_processes p JOIN runtime_pools pool ON pool.process_id = p.id JOIN tenants t ON t.id = pool.tenant_id
     WHERE p.stopped_at IS NULL AND p.seen_at > now() - make_interval(secs => ${silentSeconds}) AND ${visibleSql(actor)}`;
  return row ?? { processes: 0, open: 0, idle: 0, waiting: 0 };
}
