import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { staleSeconds } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import { listServersContract, type ServerView } from "./contract";

export const listServers = operation(listServersContract, async (ctx, { search, region, state }) => {
  const parts = [Prisma.sql`s.removed_at IS NULL`];
  if (region.length > 0) parts.push(Prisma.sql`s.region = ANY(${region})`);
  if (search) {
    const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
    parts.push(Prisma.sql`(s.name ILIKE ${pattern} OR s.host ILIKE ${pattern})`);
  }
  const rows = await readingOf(ctx.db).$queryRaw<(ServerFacts & { tenants: number })[]>`
    SELECT s.id::text AS id, s.name, s.region, s.host, s.port, s.version, s.pooler_host AS "poolerHost",
           s.pooler_port AS "poolerPort", s.pooler_mode AS "poolerMode", s.storage_capacity_mb AS "storageCapacityMb",
           s.accepting, s.last_tick_at AS "lastTickAt", s.last_error AS "lastError",
           (SELECT count(*)::int FROM tenants t WHERE t.server_id = s.id AND ${visibleSql(ctx.actor)}) AS tenants
      FROM servers s WHERE ${Prisma.join(parts, " AND ")} ORDER BY s.name`;
  const servers = rows.map((row) => serverViewOf(row, row.tenants, ctx.now()));
  return { servers: servers.filter((server) => state.length === 0 || state.includes(server.state)) };
});

type ServerFacts = {
  id: string;
  name: string;
  region: string;
  host: string;
  port: number;
  version: string | null;
  poolerHost: string | null;
  poolerPort: number | null;
  poolerMode: string | null;
  storageCapacityMb: number | null;
  accepting: boolean;
  lastTickAt: Date | null;
  lastError: string | null;
};

/** A server as the API shows it. */
export function serverViewOf(row: ServerFacts, tenants: number, now: Date): ServerView {
  const { id, name, region, host, port, version, lastError, storageCapacityMb, accepting } = row;
  const lastTickAt = row.lastTickAt?.toISOString() ?? null;
  const pooler = poolerOf(row);
  const where = { id, name, region, host, port, version, pooler, storageCapacityMb, accepting };
  return { ...where, tenants, state: stateOf(row, now), lastTickAt, lastError };
}

function poolerOf({ poolerHost, poolerPort, poolerMode }: ServerFacts): ServerView["pooler"] {
  if (poolerHost === null || poolerPort === null) return null;
  return { host: poolerHost, port: poolerPort, mode: poolerMode === "session" ? "session" : "transaction" };
}

/** Whether a server's figures are current. */
export function stateOf(
  { lastTickAt, lastError }: Pick<ServerFacts, "lastTickAt" | "lastError">,
  now: Date,
): ServerView["state"] {
  if (lastError !== null) return "unreachable";
  if (lastTickAt === null) return "new";
  return now.getTime() - lastTickAt.getTime() > staleSeconds * 1000 ? "stale" : "ok";
}
