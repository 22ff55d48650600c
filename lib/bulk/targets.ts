import type { ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import type { Claimed } from "./claim";
import type { Target } from "./run-item";

/** Reads the tenants of what was claimed together, and how to reach their servers; undefined for one that is deleted. */
export function targetsOf(claimed: Claimed[]): (tenantId: string) => Promise<Target | undefined> {
  const reading = read(claimed.map(({ tenantId }) => tenantId));
  // Each item awaits it and tells of its failure; without items nobody would.
  reading.catch(() => undefined);
  return async (tenantId) => (await reading).get(tenantId);
}

async function read(ids: string[]): Promise<Map<string, Target>> {
  if (ids.length === 0) return new Map();
  const tenants = await controlDb().tenant.findMany({
    where: { id: { in: ids }, deletedAt: null },
    include: { server: true },
  });
  const servers = new Map<string, Promise<ServerAccess>>();
  const targets = new Map<string, Target>();
  for (const tenant of tenants) {
    const access = servers.get(tenant.serverId) ?? serverAccess(tenant.server);
    servers.set(tenant.serverId, access);
    targets.set(tenant.id, { tenant, server: await access });
  }
  return targets;
}
