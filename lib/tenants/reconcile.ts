import type pg from "pg";
import type pg from "pg";
import { log } from "@/lib/platform/log";
import { type ServerAccess, withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import type { TenantStatus } from "./contract";
import { enforceStatus } from "./enforce";
import { applyLimits, type HeldLimits, holdsLimits, limitsOf } from "./limits";
import { locksDatabase } from "./rules";
import { queueSaga, sagaTask } from "./saga";
import { mark } from "./steps";
import { endVisits, type Visited, visitLock } from "./visit";

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
 * Sets PostgreSQL right where it does not hold to a tenant's status and limits: somebody altered the role by hand, or a
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

const settled = { in: ["active", "inactive", "suspended", "blocked", "deleted"] satisfies TenantStatus[] };

async function reconcileServer(server: Parameters<typeof serverAccess>[0]): Promise<string[]> {
  const mended: string[] = [];
  await withAdmin(await serverAccess(server), async (admin) => {
    const held = await heldBy(admin, "tenantry:%");
    const where = { serverId: server.id, deletedAt: null, status: settled };
    for (const tenant of await controlDb().tenant.findMany({ where })) {
      if (!holds(tenant, held) && (await mend(admin, tenant.id))) mended.push(tenant.slug);
    }
  });
  return mended;
}

/** Looks again while nobody can change the tenant, so that a change under way is not taken for a difference. */
async function mend(admin: pg.Client, id: string): Promise<boolean> {
  return await controlDb().$transaction(
    async (db) => {
      const free = await db.$queryRaw<unknown[]>`SELECT 1 FROM tenants WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`;
      const tenant =
        free.length > 0 && (await db.tenant.findFirst({ where: { id, deletedAt: null, status: settled } }));
      if (!tenant || holds(tenant, await heldBy(admin, mark(id)))) return false;
      await enforceStatus(admin, tenant, tenant.status);
      await applyLimits(admin, tenant, limitsOf(tenant.settings));
      return true;
    },
    { timeout: 60_000 },
  );
}

type Held = HeldLimits & { database: string; role: string; login: boolean; open: boolean };

/** How the roles that carry a mark stand on a server, by database and role. */
async function heldBy(admin: pg.Client, marks: string): Promise<Map<string, Held>> {
  const { rows } = await admin.query<Held>(
    `SELECT d.datname AS database, r.rolname AS role, r.rolcanlogin AS login, d.datconnlimit <> 0 AS open,
            r.rolconnlimit AS connections, COALESCE(c.setconfig, '{}') AS config
     FROM pg_database d CROSS JOIN pg_roles r
     LEFT JOIN pg_db_role_setting c ON c.setdatabase = d.oid AND c.setrole = r.oid
     WHERE shobj_description(r.oid, 'pg_authid') LIKE $1 AND has_database_privilege(r.oid, d.oid, 'CONNECT')`,
    [marks],
  );
  return new Map(rows.map((row) => [`${row.database} ${row.role}`, row]));
}

type Wanted = { database: string; role: string; status: TenantStatus; adopted: boolean; settings: unknown };

/** Whether PostgreSQL holds to what the registry says of a tenant; also when there is nothing that could. */
function holds(tenant: Wanted, held: Map<string, Held>): boolean {
  const state = held.get(`${tenant.database} ${tenant.role}`);
  if (!state) return true;
  const open = !locksDatabase(tenant.status);
  const doors = state.login === open && (tenant.adopted || state.open === open);
  return doors && holdsLimits(state, limitsOf(tenant.settings));
}
