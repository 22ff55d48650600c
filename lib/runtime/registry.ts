import pg from "pg";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import type { TenantName } from "./resolvers";
import type { RuntimeTenant } from "./tenant";

/** The runtime's connections to the control database: few, since almost everything is answered from memory. */
export function registryPool(): pg.Pool {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 3,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: "tenantry runtime",
    allowExitOnIdle: true,
  });
  pool.on("error", (error) => log().warn({ error: error.message }, "a registry connection was lost"));
  return pool;
}

const columns = `t.id, t.slug, t.name, t.plan, t.status::text AS status,
  coalesce(s.pooler_host, s.host) AS host, coalesce(s.pooler_port, s.port) AS port, s.tls,
  CASE WHEN s.pooler_host IS NULL THEN 'none' ELSE s.pooler_mode END AS pooling, t.database, t.role, t.secret, t.next_secret AS "nextSecret",
  CASE WHEN m.tenant_id IS NOT NULL THEN jsonb_build_object('message', m.message, 'allow', m.allow,
    'bypassHash', m.bypass_hash, 'retryAfter', m.retry_after, 'until', m.until) END AS maintenance`;

const from = "FROM tenants t JOIN servers s ON s.id = t.server_id LEFT JOIN tenant_maintenance m ON m.tenant_id = t.id";

const questions = {
  slug: `SELECT ${columns} ${from} WHERE t.deleted_at IS NULL AND t.slug = $1`,
  hostname: `SELECT ${columns} ${from} JOIN domains d ON d.tenant_id = t.id
    WHERE t.deleted_at IS NULL AND d.hostname = $1 AND d.verified_at IS NOT NULL`,
  id: `SELECT ${columns} ${from} WHERE t.deleted_at IS NULL AND t.id = $1`,
} as const;

/** Finds the tenant that has a slug, a domain or an id; null when none has. Throws `unavailable` in an outage. */
export async function findTenant(pool: pg.Pool, query: TenantName): Promise<RuntimeTenant | null> {
  const [question, value] =
    "slug" in query
      ? [questions.slug, query.slug]
      : "hostname" in query
        ? [questions.hostname, query.hostname]
        : [questions.id, query.id];
  const [found] = await ask(pool, question, [value]);
  return found ?? null;
}

type Wanted = { ids?: readonly string[]; slugs?: readonly string[]; plans?: readonly string[] };

const page = 200;
const activeAfter = `SELECT ${columns} ${from}
  WHERE t.deleted_at IS NULL AND t.status = 'active' AND t.id > $1
    AND ($2::uuid[] IS NULL OR t.id = ANY ($2)) AND ($3::text[] IS NULL OR t.slug = ANY ($3))
    AND ($4::text[] IS NULL OR t.plan = ANY ($4))
  ORDER BY t.id LIMIT ${page}`;

/** The active tenants in the order of their ids, read page by page. */
export async function* activeTenants(
  pool: pg.Pool,
  { ids, slugs, plans }: Wanted,
): AsyncGenerator<RuntimeTenant, void, undefined> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const found = await ask(pool, activeAfter, [after, ids ?? null, slugs ?? null, plans ?? null]);
    yield* found;
    const last = found.at(-1);
    if (!last || found.length < page) return;
    after = last.id;
  }
}

async function ask(pool: pg.Pool, question: string, values: unknown[]): Promise<RuntimeTenant[]> {
  try {
    const { rows } = await pool.query<RuntimeTenant>(question, values);
    return rows;
  } catch (cause) {
    throw new AppError("unavailable", "The tenant registry can't be reached.", { cause, retryAfter: 2 });
  }
}
