import { log } from "@/lib/platform/log";
import { withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import { enforceStatus } from "./enforce";
import { locksDatabase } from "./rules";
import { queueSaga, sagaTask } from "./saga";

/**
 * Queues the sagas that nobody works on: a worker that was killed keeps its job locked in the queue, but not the
 * saga's advisory lock, which went with its connection.
 */
export async function requeueAbandoned(): Promise<number> {
  const abandoned = await controlDb().$queryRaw<{ id: string }[]>`
    SELECT t.id FROM tenants t
    WHERE t.deleted_at IS NULL AND t.status IN ('provisioning', 'deleting')
      AND NOT EXISTS (SELECT 1 FROM tenant_steps s WHERE s.tenant_id = t.id AND s.status = 'failed')
      AND NOT EXISTS (SELECT 1 FROM graphile_worker.jobs j
        WHERE j.task_identifier = ${sagaTask} AND j.key = 'saga:' || t.id AND j.locked_at IS NULL AND j.attempts < j.max_attempts)
      AND NOT EXISTS (SELECT 1 FROM pg_locks l
        WHERE l.locktype = 'advisory' AND l.objsubid = 1
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(t.id::text, 1))`;
  for (const { id } of abandoned) await queueSaga(controlDb(), id);
  if (abandoned.length > 0) log().info({ tenants: abandoned.length }, "took up sagas that nobody worked on");
  return abandoned.length;
}

/**
 * Sets PostgreSQL right where it does not hold to a tenant's status: somebody altered the role by hand, or a status
 * change was cut off between the server and the registry. Returns the slugs that were set right.
 */
export async function reconcileStatuses(): Promise<string[]> {
  const mended: string[] = [];
  for (const server of await controlDb().server.findMany()) {
    try {
      mended.push(...(await reconcileServer(server)));
    } catch (error) {
      log().warn({ server: server.name, error: String(error) }, "statuses could not be compared");
    }
  }
  return mended;
}

type Locks = { database: string; role: string; login: boolean; open: boolean };

async function reconcileServer(server: Parameters<typeof serverAccess>[0]): Promise<string[]> {
  const mended: string[] = [];
  await withAdmin(await serverAccess(server), async (admin) => {
    const { rows } = await admin.query<Locks>(`
      SELECT d.datname AS database, r.rolname AS role, r.rolcanlogin AS login, d.datconnlimit <> 0 AS open
      FROM pg_database d CROSS JOIN pg_roles r
      WHERE shobj_description(r.oid, 'pg_authid') LIKE 'tenantry:%' AND has_database_privilege(r.oid, d.oid, 'CONNECT')`);
    const found = new Map(rows.map((row) => [`${row.database} ${row.role}`, row]));
    const settled = {
      serverId: server.id,
      deletedAt: null,
      status: { in: ["active", "inactive", "suspended", "blocked", "deleted"] as const },
    };
    const tenants = await controlDb().tenant.findMany({
      where: { ...settled, status: { in: [...settled.status.in] } },
    });
    for (const tenant of tenants) {
      const state = found.get(`${tenant.database} ${tenant.role}`);
      const wanted = !locksDatabase(tenant.status);
      const held = state?.login === wanted && (tenant.adopted || state.open === wanted);
      if (!state || held) continue;
      await enforceStatus(admin, tenant, tenant.status);
      mended.push(tenant.slug);
    }
  });
  return mended;
}
