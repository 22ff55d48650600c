import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Clock } from "@/lib/kernel/clock";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { controlDb, type Prisma } from "@/lib/platform/prisma";
import { passes } from "@/lib/schema/failure";
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

/** When what could not be looked at is tried again: a tenant soon, and later the more often it failed. */
const tenantWaitMs = { first: 30_000, most: 600_000 };
const serverWaitMs = 60_000;

/** By the id of a tenant or a server. What was changed after `since` is looked at nevertheless. */
const waiting = new Map<string, { until: number; since: Date; failures: number }>();

const settings = { application_name: "tenantry-drift", query_timeout: 40_000, statement_timeout: 30_000 };

/**
 * Looks at all schemas that are due: those that were changed and not looked at since, then each after
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
    return await checkAll(clock, signal, pace);
  } finally {
    await lock.end().catch(() => undefined);
  }
}

async function checkAll(clock: Clock, signal: AbortSignal, pace: number): Promise<number> {
  let total = 0;
  for (;;) {
    const due = await dueTenants(clock());
    const servers = [...new Set(due.map(({ serverId }) => serverId))];
    const ofServer = (id: string) => due.filter(({ serverId }) => serverId === id);
    const counts = await Promise.all(servers.map((id) => checkServer(ofServer(id), clock, signal, pace)));
    const count = counts.reduce((sum, one) => sum + one, 0);
    total += count;
    if (count === 0 || due.length < batch || signal.aborted) return total;
  }
}

/** First what was changed and not looked at since, the longest ago first; then what nobody ever looked at. */
async function dueTenants(now: Date): Promise<Due[]> {
  for (const [id, { until }] of waiting) if (until < now.getTime() - tenantWaitMs.most) waiting.delete(id);
  const held = [...waiting].filter(([, { until }]) => until > now.getTime());
  const since = JSON.stringify(held.map(([id, wait]) => ({ id, since: wait.since })));
  const before = new Date(now.getTime() - env().DRIFT_CHECK_HOURS * hourMs);
  const ids = await controlDb().$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tenants t LEFT JOIN tenant_schemas s ON s.tenant_id = t.id
    WHERE t.deleted_at IS NULL AND NOT t.adopted AND t.status IN ('active', 'inactive', 'suspended', 'blocked', 'deleted')
      AND (s.checked_at IS NULL OR s.checked_at < ${before})
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${since}::jsonb) AS w (id uuid, since timestamptz)
        WHERE w.id = t.server_id OR (w.id = t.id AND coalesce(s.changed_at <= w.since, true)))
    ORDER BY s.checked_at NULLS FIRST, s.changed_at NULLS LAST, t.id LIMIT ${batch}`;
  const where = { id: { in: ids.map(({ id }) => id) } };
  return await controlDb().tenant.findMany({ where, include: { server: true } });
}

/** One after the other; a server that does not answer is left alone for a while. */
async function checkServer(due: Due[], clock: Clock, signal: AbortSignal, pace: number): Promise<number> {
  let count = 0;
  for (const tenant of due) {
    if (signal.aborted) break;
    const since = clock();
    try {
      const server = await serverAccess(tenant.server);
      const open: Open = async (use) => await asOwner(server, tenant, use);
      await checkTenant(server, tenant.id, open, clock());
      waiting.delete(tenant.id);
      count++;
    } catch (error) {
      const told = { tenant: tenant.slug, error: String(error) };
      log()[passes(error) ? "info" : "warn"](told, "a schema could not be looked at");
      putOff(tenant.id, since, clock());
      if (isAway(error)) {
        waiting.set(tenant.serverId, { until: clock().getTime() + serverWaitMs, since, failures: 1 });
        break;
      }
    }
    await delay(pace, undefined, { signal }).catch(() => undefined);
  }
  return count;
}

function putOff(id: string, since: Date, now: Date): void {
  const failures = (waiting.get(id)?.failures ?? 0) + 1;
  const wait = Math.min(tenantWaitMs.most, tenantWaitMs.first * 2 ** (failures - 1));
  waiting.set(id, { until: now.getTime() + wait, since, failures });
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
