import type { Actor, Ctx } from "@/lib/gate/context";
import { keyset, type Placed, type SortKey } from "@/lib/gate/keyset";
import { operation } from "@/lib/gate/operation";
import { visibleSql } from "@/lib/gate/visible";
import { columnOf, type Metric, metricNames } from "@/lib/kernel/metrics";
import { askedPage } from "@/lib/kernel/page";
import { Prisma } from "@/lib/platform/prisma";
import { type Reading, readingOf } from "@/lib/platform/quick-db";
import { listTenantsContract } from "./contract";
import { tenantsAndLatest, type ViewRow, viewColumns, viewJoins, viewOfRow } from "./read-views";
import { type TenantSort, type TenantStatus, tenantStatuses } from "./shapes";

/** The list's filter, parsed. */
export type TenantFilter = {
  search: string;
  status: TenantStatus[];
  plan: string[];
  region: string[];
  tag: string[];
  server?: string | undefined;
  schema?: string | undefined;
};

export const listTenants = operation(listTenantsContract, async (ctx, input) => {
  const { limit, skip } = askedPage(input, 50);
  const list = keyset(`tenants.list ${input.sort} ${input.order}`, [
    { ...sortKeys[input.sort], order: input.order },
    { of: Prisma.sql`t.id`, kind: "uuid" },
  ]);
  const where = tenantCondition(ctx.actor, input);
  const db = readingOf(ctx.db);
  // The page is found first, by ids alone; what belongs to its tenants is read for them only.
  const [found, counted] = await Promise.all([
    db.$queryRaw<Placed<ViewRow>[]>`
      SELECT ${viewColumns}, page.place
        FROM (SELECT t.id, row_number() OVER (ORDER BY ${list.order}) AS at, ${list.place} FROM ${tenantsAndLatest}
               WHERE ${where} AND ${list.after(input.cursor)}
               ORDER BY ${list.order} LIMIT ${limit + 1} OFFSET ${skip}) page
        JOIN tenants t ON t.id = page.id LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id ${viewJoins}
       ORDER BY page.at`,
    countWithin(db, ctx.actor, filterSql(input)),
  ]);
  const { rows: page, next } = list.page(found, limit);
  const total = counted.reduce((sum, { matching }) => sum + matching, 0);
  return { tenants: page.map(viewOfRow), total, counts: byStatus(counted), next };
});

const measured = Object.fromEntries(
  metricNames.map((name): [Metric, SortKey] => {
    return [name, { of: Prisma.raw(`u.${columnOf(name)}`), kind: "number", nullable: true }];
  }),
) as Record<Metric, SortKey>;

const sortKeys: Record<TenantSort, SortKey> = {
  name: { of: Prisma.sql`lower(t.name)`, kind: "text" },
  slug: { of: Prisma.sql`t.slug`, kind: "text" },
  status: { of: Prisma.sql`t.status::text`, kind: "text" },
  plan: { of: Prisma.sql`t.plan`, kind: "text" },
  createdAt: { of: Prisma.sql`t.created_at`, kind: "time" },
  ...measured,
};

/** Which tenants a filter leaves, of those within the actor's reach. */
export function tenantCondition(actor: Actor, filter: TenantFilter): Prisma.Sql {
  return Prisma.sql`${visibleSql(actor)} AND ${filterSql(filter)}`;
}

/** What a filter leaves of a table `tenants` under the name `t`, whoever asks. */
export function filterSql({ search, status, plan, region, tag, server, schema }: TenantFilter): Prisma.Sql {
  const parts = [Prisma.sql`true`];
  if (status.length > 0) parts.push(Prisma.sql`t.status::text = ANY(${status})`);
  if (plan.length > 0) parts.push(Prisma.sql`t.plan = ANY(${plan})`);
  if (region.length > 0) parts.push(Prisma.sql`t.region = ANY(${region})`);
  if (tag.length > 0) parts.push(Prisma.sql`t.tags && ${tag}::text[]`);
  if (server) parts.push(Prisma.sql`t.server_id = ${server}::uuid`);
  if (schema !== undefined) parts.push(atVersion(schema));
  if (search) parts.push(matches(`%${search.replace(/[\\%_]/g, "\\$&")}%`));
  return Prisma.join(parts, " AND ");
}

function atVersion(version: string): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM tenant_schemas a WHERE a.tenant_id = t.id AND a.version = ${version})`;
}

function matches(pattern: string): Prisma.Sql {
  return Prisma.sql`(t.name ILIKE ${pattern} OR t.slug ILIKE ${pattern} OR t.database ILIKE ${pattern}
    OR EXISTS (SELECT 1 FROM domains d WHERE d.tenant_id = t.id AND d.hostname ILIKE ${pattern}))`;
}

/** How many tenants within the actor's reach have each status. */
export async function countByStatus({ db, actor }: Pick<Ctx, "db" | "actor">): Promise<Record<TenantStatus, number>> {
  return byStatus(await countWithin(readingOf(db), actor, Prisma.sql`true`));
}

/** Tenants of one status, and how many of those a filter leaves. */
type Counted = { status: TenantStatus; tenants: number; matching: number };

async function countWithin(db: Reading, actor: Actor, filter: Prisma.Sql): Promise<Counted[]> {
  return await db.$queryRaw<Counted[]>`
    SELECT t.status::text AS status, count(*)::int AS tenants, (count(*) FILTER (WHERE ${filter}))::int AS matching
      FROM tenants t WHERE ${visibleSql(actor)} GROUP BY t.status`;
}

function byStatus(counted: readonly Counted[]): Record<TenantStatus, number> {
  const found = new Map(counted.map(({ status, tenants }) => [status, tenants]));
  return Object.fromEntries(tenantStatuses.map((status) => [status, found.get(status) ?? 0])) as Record<
    TenantStatus,
    number
  >;
}
