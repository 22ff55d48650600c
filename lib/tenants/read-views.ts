import type { Ctx } from "@/lib/gate/context";
import { gathered } from "@/lib/kernel/gathered";
import { columnOf, type Metric, metricNames } from "@/lib/kernel/metrics";
import { controlDb, type Db, Prisma } from "@/lib/platform/prisma";
import { readingOf } from "@/lib/platform/quick-db";
import { seenBy } from "./find";
import type { TenantView } from "./shapes";
import { type LatestFacts, type TenantFacts, type TenantParts, toView } from "./view";

/** Where tenants `t` stand with their newest figures `u`, for conditions and orders over both. */
export const tenantsAndLatest = Prisma.sql`tenants t LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id`;

const latestValues = Prisma.join(metricNames.map((metric) => Prisma.raw(`u.${columnOf(metric)} AS "${metric}"`)));

/** What a view is made of, of tenants `t` with their newest figures `u`: see `viewJoins`. */
export const viewColumns = Prisma.sql`
  t.id::text AS id, t.slug, t.name, t.status::text AS status, t.status_reason AS "statusReason", t.plan, t.region,
  t.database, t.role, t.adopted, t.settings, t.tags, t.version, t.created_at AS "createdAt",
  t.updated_at AS "updatedAt", t.purge_after AS "purgeAfter", t.status_before::text AS "statusBefore",
  s.id::text AS "serverId", s.name AS "serverName", s.last_tick_at AS "lastTickAt",
  a.version AS "schemaVersion", a.drifted, a.error AS "schemaError",
  m.message, m.started_at AS "startedAt", m.until, d.domains,
  u.changed_at AS "changedAt", u.sources, ${latestValues}`;

/** What belongs to tenants `t`. */
export const viewJoins = Prisma.sql`
  JOIN servers s ON s.id = t.server_id
  LEFT JOIN tenant_schemas a ON a.tenant_id = t.id
  LEFT JOIN tenant_maintenance m ON m.tenant_id = t.id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('hostname', d.hostname, 'primary', d.primary, 'verifiedAt', d.verified_at)
                    ORDER BY d.primary DESC, d.hostname) AS domains
      FROM domains d WHERE d.tenant_id = t.id) d ON true`;

type Values = { [name in Metric]: number | null };

/** A row of `viewColumns`. */
export type ViewRow = Values &
  TenantFacts & {
    serverId: string;
    serverName: string;
    lastTickAt: Date | null;
    schemaVersion: string | null;
    drifted: boolean | null;
    schemaError: string | null;
    message: string | null;
    startedAt: Date | null;
    until: Date | null;
    domains: TenantParts["domains"] | null;
    changedAt: Date | null;
    sources: unknown;
  };

/** A tenant as the API shows it, of one row. */
export function viewOfRow(row: ViewRow): TenantView {
  const { message, startedAt, until } = row;
  const parts: TenantParts = {
    server: { id: row.serverId, name: row.serverName, lastTickAt: row.lastTickAt },
    schema: { version: row.schemaVersion, drifted: row.drifted, error: row.schemaError },
    maintenance: message === null || startedAt === null ? null : { message, startedAt, until },
    domains: row.domains ?? [],
  };
  return toView(row, parts, wasMeasured(row) ? row : undefined);
}

const wasMeasured = (row: ViewRow): row is ViewRow & LatestFacts => row.changedAt !== null;

/**
 * A tenant as the API shows it, by its id or slug. Throws `not_found` for one that is unknown, deleted or out of the
 * actor's scope, as `findTenant` does.
 */
export async function readTenantView({ db, actor }: Pick<Ctx, "db" | "actor">, which: Which): Promise<TenantView> {
  return viewOfRow(seenBy(actor, await ("id" in which ? rowOf(db, which.id) : rowOfSlug(db, which.slug))));
}

type Which = { id: string } | { slug: string };

/** Those who ask at once are asked for together, but for who is in a transaction: it alone sees what it has changed. */
async function rowOf(db: Db, id: string): Promise<ViewRow | undefined> {
  if (db === controlDb()) return await gatheredRow(id.toLowerCase());
  return (await viewRows(db, Prisma.sql`t.id = ${id}::uuid`))[0];
}

const gatheredRow = gathered(async (ids) => {
  const rows = await viewRows(controlDb(), Prisma.sql`t.id = ANY(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row]));
});

async function rowOfSlug(db: Db, slug: string): Promise<ViewRow | undefined> {
  return (await viewRows(db, Prisma.sql`t.slug = ${slug}`))[0];
}

async function viewRows(db: Db, which: Prisma.Sql): Promise<ViewRow[]> {
  return await readingOf(db).$queryRaw<ViewRow[]>`
    SELECT ${viewColumns} FROM ${tenantsAndLatest} ${viewJoins} WHERE ${which} AND t.deleted_at IS NULL`;
}
