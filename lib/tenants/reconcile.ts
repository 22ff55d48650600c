import type pg from "pg";
import { log } from "@/lib/platform/log";
import { type ServerAccess, withAdmin } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { serverAccess } from "@/lib/servers/access";
import { tidyBeside, withBeside } from "./beside";
import { enforceStatus } from "./enforce";
import { applyLimits, type HeldLimits, holdsLimits, limitsOf } from "./limits";
import { locksDatabase } from "./rules";
import { queueSaga, sagaTask } from "./saga";
import type { TenantStatus } from "./shapes";
import { mark } from "./steps";
import { endVisits, holdsLimit, type Visited, visitedTenants, visitLock } from "./visit";

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
  for (const server of await controlDb().server.findMany({ where: { removedAt: null } })) {
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
  const access = await serverAccess(server);
  await withAdmin(access, async (admin) => {
    const [held, visited] = [await heldBy(admin, "tenantry:%"), await visitedTenants(admin)];
    const where = { serverId: server.id, deletedAt: null, status: settled };
    const tenants = await controlDb().tenant.findMany({ where });
    for (const tenant of await withBeside(admin, tenants))
      await apart(admin, tenant.slug, () => tidyBeside(access, tenant));
    for (const tenant of tenants) {
      if (holds(tenant, held) && !visited.has(tenant.id)) continue;
      if (await apart(admin, tenant.slug, () => setRight(admin, access, tenant.id))) mended.push(tenant.slug);
    }
    for (const [id, { old }] of visited) if (old) await apart(admin, id, () => tidyVisits(admin, access, id));
  });
  return mended;
}

/** What fails at one tenant keeps no other from being set right; a server that is away keeps all. */
async function apart(admin: pg.Client, tenant: string, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    log().warn({ tenant, error: String(error) }, "a tenant could not be set right on its server");
    await admin.query("ROLLBACK");
    return false;
  }
}

/** Removes what visits left of a tenant that is gone: nobody else looks at it any more. */
async function tidyVisits(admin: pg.Client, access: ServerAccess, id: string): Promise<boolean> {
  const [tenant] = await controlDb().$queryRaw<(Visited & { gone: boolean })[]>`
    SELECT id, role, database, adopted, deleted_at IS NOT NULL AS gone FROM tenants WHERE id::text = ${id}`;
  if (tenant && !tenant.gone) return false;
  const left = tenant ?? { id, role: "", database: "", adopted: true };
  return await unvisited(admin, id, async () => {
    await endVisits(admin, access, { ...left, adopted: true });
    return true;
  });
}

/**
 * Makes PostgreSQL hold to what the registry says of a tenant; whether there was something to set right. It looks again
 * while nobody can change the tenant, so that a change under way is not taken for a difference.
 */
export async function setRight(admin: pg.Client, access: ServerAccess, id: string): Promise<boolean> {
  return await controlDb().$transaction(
    async (db) => {
      const free = await db.$queryRaw<unknown[]>`SELECT 1 FROM tenants WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`;
      const tenant =
        free.length > 0 && (await db.tenant.findFirst({ where: { id, deletedAt: null, status: settled } }));
      if (!tenant) return false;
      return await unvisited(admin, id, async () => {
        await endVisits(admin, access, tenant);
        if (holds(tenant, await heldBy(admin, mark(id)))) return false;
        await enforceStatus(admin, tenant, tenant.status);
        await applyLimits(admin, tenant, limitsOf(tenant.settings));
        return true;
      });
    },
    { timeout: 60_000 },
  );
}

/** A database that is open for a visit is left alone: the visit closes it. */
async function unvisited(admin: pg.Client, id: string, work: () => Promise<boolean>): Promise<boolean> {
  const lock = [visitLock, id];
  const { rows } = await admin.query("SELECT pg_try_advisory_lock($1, hashtext($2)) AS held", lock);
  if (rows[0]?.held !== true) return false;
  try {
    return await work();
  } finally {
    await admin.query("SELECT pg_advisory_unlock($1, hashtext($2))", lock);
  }
}

type Held = HeldLimits & { database: string; role: string; login: boolean; limit: number };

/** How the roles that carry a mark stand on a server, by database and role. */
async function heldBy(admin: pg.Client, marks: string): Promise<Map<string, Held>> {
  const { rows } = await admin.query<Held>(
    `SELECT d.datname AS database, r.rolname AS role, r.rolcanlogin AS login, d.datconnlimit AS limit,
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
  const doors = state.login === open && (tenant.adopted || holdsLimit(state.limit, open));
  return doors && holdsLimits(state, limitsOf(tenant.settings));
}
