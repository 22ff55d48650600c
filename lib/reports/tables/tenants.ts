import { columnOf, type Metric, metricNames } from "@/lib/kernel/metrics";
import { Prisma } from "@/lib/platform/prisma";
import { tenantCondition } from "@/lib/tenants/list-tenants";
import { tenantsTable } from "../contract-tables-tenants";
import { plain, type SqlColumn, sqlTable, time, words } from "../table-sql";

const newest = Object.fromEntries(
  metricNames.map((name) => [name, plain(Prisma.raw(`u.${columnOf(name)}`))]),
) as Record<Metric, SqlColumn>;

/** Tenants within reach with their newest figures, by slug. */
export const tenants = sqlTable(tenantsTable, ({ actor }, filter) => ({
  columns: {
    id: plain(Prisma.sql`t.id`),
    slug: words(Prisma.sql`t.slug`),
    name: words(Prisma.sql`t.name`),
    status: words(Prisma.sql`t.status`),
    // While it is deleted the row keeps the reason of the status that a restore brings back.
    statusReason: words(Prisma.sql`CASE WHEN t.status <> 'deleted' THEN t.status_reason END`),
    plan: words(Prisma.sql`t.plan`),
    region: words(Prisma.sql`t.region`),
    tags: words(Prisma.sql`array_to_string(t.tags, ' ')`),
    server: words(Prisma.sql`s.name`),
    database: words(Prisma.sql`t.database`),
    domain: words(Prisma.sql`(SELECT d.hostname FROM domains d
                               WHERE d.tenant_id = t.id AND d.primary AND d.verified_at IS NOT NULL)`),
    createdAt: time(Prisma.sql`t.created_at`),
    updatedAt: time(Prisma.sql`t.updated_at`),
    schemaVersion: words(Prisma.sql`a.version`),
    schemaDrifted: plain(Prisma.sql`CASE WHEN a.version IS NOT NULL THEN a.drifted END`),
    ...newest,
    measuredAt: time(Prisma.sql`CASE WHEN u.tenant_id IS NOT NULL THEN s.last_tick_at END`),
  },
  from: Prisma.sql`tenants t JOIN servers s ON s.id = t.server_id
    LEFT JOIN tenant_usage_latest u ON u.tenant_id = t.id LEFT JOIN tenant_schemas a ON a.tenant_id = t.id
   WHERE ${tenantCondition(actor, filter)}`,
  order: Prisma.sql`t.slug`,
}));
