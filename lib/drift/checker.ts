import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb, type Prisma } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import { locksDatabase } from "@/lib/tenants/rules";
import { connectAsTenant } from "@/lib/tenants/secret";
import { visit } from "@/lib/tenants/visit";
import { checkTenant, type Open } from "./check";

type Due = Prisma.TenantGetPayload<{ include: { server: true } }>;

/** At most so many at a time, and so long between two on one server. */
const batch = 50;
const paceMs = 300;
const hourMs = 3_600_000;

/** When a tenant or a server that could not be looked at is tried again. */
const tenantWaitMs = 600_000;
const serverWaitMs = 60_000;
const notBefore = new Map<string, number>();

const settings = { application_name: "tenantry-drift", query_timeout: 40_000, statement_timeout: 30_000 };

/**
 * Looks at the schemas that are due: first those that were changed and never looked at since, then each after
 * `DRIFT_CHECK_HOURS`. One process at a time does it, with one connection to a server. Returns how many were looked at.
 */
export async function checkDue(clock: Clock, signal: AbortSignal, pace = paceMs): Promise<number> {
  if (env().DRIFT_CHECK_HOURS === 0) return 0;
  if ((await dueTenants(clock())).length === 0) return 0;
  const lock = new pg.Client({ connectionString: env().DATABASE_URL, connectionTimeoutMillis: 5000 });
  lock.on("error", () => undefined);
  try {
    await lock.connect();
    const { rows } = await lock.query("SELECT pg_try_advisory_lock(hashtextextended('drift', 1)) AS held");
    if (!rows[0]?.held) return 0;
    const due = await dueTenants(clock());
    const servers = [...new Set(due.map(({ serverId }) => serverId))];
    const ofServer = (id: string) => due.filter(({ serverId }) => serverId === id);
    const counts = await Promise.all(servers.map((id) => checkServer(ofServer(id), clock, signal, pace)));
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    await lock.end().catch(() => undefined);
  }
}

async function dueTenants(now: Date): Promise<Due[]> {
  for (const [id, time] of notBefore) if (time <= now.getTime()) notBefore.delete(id);
  const waiting = [...notBefore.keys()];
  const before = new Date(now.getTime() - env().DRIFT_CHECK_HOURS * hourMs);
  const ids = await controlDb().$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
    WHERE t.deleted_at IS NULL AND NOT t.adopted AND t.status IN ('active', 'inactive', 'suspended', 'blocked', 'deleted')
      AND (s.checked_at IS NULL OR s.checked_at < ${before})
      AND NOT t.id::text = ANY(${waiting}::text[]) AND NOT t.server_id::text = ANY(${waiting}::text[])
    ORDER BY s.checked_at NULLS FIRST, t.id LIMIT ${batch}`;
  const where = { id: { in: ids.map(({ id }) => id) } };
  return await controlDb().tenant.findMany({ where, include: { server: true } });
}

/** One after the other; a server that does not answer is left alone for a while. */
async function checkServer(due: Due[], clock: Clock, signal: AbortSignal, pace: number): Promise<number> {
  let count = 0;
  for (const tenant of due) {
    if (signal.aborted) break;
    try {
      const server = await serverAccess(tenant.server);
      const open: Open = async (use) => await asOwner(server, tenant, use);
      await checkTenant(server, tenant.id, open, clock());
      count++;
    } catch (error) {
      log().warn({ tenant: tenant.slug, error: String(error) }, "a schema could not be looked at");
      notBefore.set(tenant.id, clock().getTime() + tenantWaitMs);
      if (!isAway(error)) continue;
      notBefore.set(tenant.serverId, clock().getTime() + serverWaitMs);
      break;
    }
    await delay(pace, undefined, { signal }).catch(() => undefined);
  }
  return count;
}

async function asOwner<T>(
  server: Awaited<ReturnType<typeof serverAccess>>,
  tenant: Due,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  if (locksDatabase(tenant.status)) return await visit(server, tenant, settings, use);
  const client = await connectAsTenant(server, tenant, settings);
  try {
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Whether it is the server that does not answer; a database or a role that is refused is a matter of one tenant. */
function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === "unavailable" && !/^(28|3D|42|55)/.test(error.reason ?? "");
}
