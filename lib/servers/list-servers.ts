import { operation } from "@/lib/gate/operation";
import { visibleTenants } from "@/lib/gate/visible";
import { staleSeconds } from "@/lib/kernel/metrics";
import { listServersContract, type ServerView } from "./contract";

export const listServers = operation(listServersContract, async (ctx, { search, region, state }) => {
  const words = { contains: search.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } as const;
  const rows = await ctx.db.server.findMany({
    where: {
      removedAt: null,
      ...(search && { OR: [{ name: words }, { host: words }] }),
      ...(region.length > 0 && { region: { in: region } }),
    },
    orderBy: { name: "asc" },
    include: { _count: { select: { tenants: { where: visibleTenants(ctx.actor) } } } },
  });
  const servers = rows.map((row) => serverViewOf(row, row._count.tenants, ctx.now()));
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
