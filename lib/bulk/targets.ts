import type { ServerAccess } from "@/lib/platform/postgres";
import { serverAccess } from "@/lib/servers/access";
import type { ItemWork } from "./action";
import type { Claimed } from "./claim";
import type { Target } from "./run-item";
import { runnerPool } from "./runner-pool";

/** Reads the tenants of what was claimed together, and how to reach their servers; undefined for one that never was. */
export function targetsOf(claimed: Claimed[]): (tenantId: string) => Promise<Target | undefined> {
  const reading = read(claimed.map(({ tenantId }) => tenantId));
  // Each item awaits it and tells of its failure; without items nobody would.
  reading.catch(() => undefined);
  return async (tenantId) => (await reading).get(tenantId);
}

type Tenant = ItemWork["tenant"];

async function read(ids: string[]): Promise<Map<string, Target>> {
  if (ids.length === 0) return new Map();
  const live = "FROM tenants t WHERE t.id = ANY($1::uuid[])";
  const [tenants, servers] = await Promise.all([
    ask<Omit<Tenant, "server">>("bulk-tenants", `SELECT t.* ${live}`, ids),
    ask<Tenant["server"]>("bulk-servers", `SELECT * FROM servers WHERE id IN (SELECT t.server_id ${live})`, ids),
  ]);
  const access = new Map<string, ServerAccess>();
  for (const server of servers) access.set(server.id, await serverAccess(server));
  return new Map(
    tenants.flatMap((tenant) => {
      const server = servers.find(({ id }) => id === tenant.serverId);
      const reach = access.get(tenant.serverId);
      return server && reach ? [[tenant.id, { tenant: { ...tenant, server }, server: reach }]] : [];
    }),
  );
}

/** Whole rows as Prisma names their columns: its own way to them takes longer than an item's other statements together. */
async function ask<Row>(name: string, text: string, ids: string[]): Promise<Row[]> {
  const { rows } = await runnerPool().query<Record<string, unknown>>({ name, text, values: [ids] });
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [camel(key), value])) as Row);
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
