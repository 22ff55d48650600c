import { type Metric, metricNames, type Source, sourceNames } from "@/lib/kernel/metrics";
import { env } from "@/lib/platform/env";
import type { Db, Prisma } from "@/lib/platform/prisma";
import { limitsOf } from "./limits";
import { defaultHost } from "./rules";
import type { TenantView, Usage } from "./shapes";

/** What a tenant's view is made from. */
export const tenantInclude = {
  server: { select: { id: true, name: true, lastTickAt: true } },
  schema: { select: { version: true, drifted: true, error: true } },
  maintenance: { select: { message: true, startedAt: true, until: true } },
  domains: { orderBy: [{ primary: "desc" }, { hostname: "asc" }] },
} satisfies Prisma.TenantInclude;

type TenantRow = Prisma.TenantGetPayload<{ include: typeof tenantInclude }>;

type Elsewhere = "server" | "domains" | "schema" | "maintenance";

/** What a view is made from, whether the ORM read it or one statement did: see ./read-views.ts. */
export type TenantFacts = Omit<TenantRow, "serverId" | "secret" | "nextSecret" | "deletedAt" | Elsewhere>;

/** What of a tenant's view stands in other tables. */
export type TenantParts = Pick<TenantRow, "server"> & {
  domains: { hostname: string; primary: boolean; verifiedAt: Date | string | null }[];
  schema: { version: string | null; drifted: boolean | null; error: string | null } | null;
  maintenance: { message: string; startedAt: Date; until: Date | null } | null;
};

/** A tenant's newest figures. */
export type LatestFacts = { [name in Metric]: number | null } & { changedAt: Date; sources: unknown };

/** Tenants as the API shows them, with their newest figures, in the order of the rows. */
export async function tenantViews(db: Db, rows: TenantRow[]): Promise<TenantView[]> {
  const latest = await db.tenantUsageLatest.findMany({ where: { tenantId: { in: rows.map((row) => row.id) } } });
  const byTenant = new Map<string, LatestFacts>(latest.map((row) => [row.tenantId, row]));
  return rows.map((row) => toView(row, row, byTenant.get(row.id)));
}

/** One tenant as the API shows it. */
export async function tenantViewOf(db: Db, row: TenantRow): Promise<TenantView> {
  const latest = await db.tenantUsageLatest.findUnique({ where: { tenantId: row.id } });
  return toView(row, row, latest ?? undefined);
}

/**
 * A tenant as the API shows it, of what was read. Lists make many of them: written out, an object is made several times as
 * fast as from parts that are spread into it.
 */
export function toView(row: TenantFacts, parts: TenantParts, latest: LatestFacts | undefined): TenantView {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    status: row.status,
    plan: row.plan,
    region: row.region,
    tags: row.tags,
    database: row.database,
    role: row.role,
    adopted: row.adopted,
    version: row.version,
    statusBefore: row.statusBefore,
    // While it is deleted the row keeps the reason of the status that a restore brings back.
    statusReason: row.status === "deleted" ? null : row.statusReason,
    server: { id: parts.server.id, name: parts.server.name },
    domains: domainsOf(row.slug, parts.domains),
    maintenance: maintenanceOf(parts.maintenance),
    limits: limitsOf(row.settings),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    purgeAfter: row.purgeAfter?.toISOString() ?? null,
    schema: schemaOf(parts.schema),
    usage: latest ? usageOf(latest) : {},
    usageChangedAt: latest?.changedAt.toISOString() ?? null,
    measuredAt: latest ? (parts.server.lastTickAt?.toISOString() ?? null) : null,
  };
}

function schemaOf(schema: TenantParts["schema"]): TenantView["schema"] {
  if (schema?.version == null) return null;
  const { version, drifted, error } = schema;
  return { version, drifted, error };
}

function maintenanceOf(row: TenantParts["maintenance"]): TenantView["maintenance"] {
  if (!row) return null;
  return { message: row.message, startedAt: row.startedAt.toISOString(), until: row.until?.toISOString() ?? null };
}

function domainsOf(slug: string, domains: TenantParts["domains"]): TenantView["domains"] {
  const own = domains.map(({ hostname, primary, verifiedAt }) => {
    const verified = verifiedAt !== null;
    return { hostname, primary: primary && verified, verified };
  });
  const builtIn = {
    hostname: defaultHost(slug, env().TENANTRY_APP_DOMAIN),
    primary: !own.some(({ primary }) => primary),
    verified: true,
  };
  own.push(builtIn);
  return own;
}

/** The known values of a row of newest figures, each with its source. */
export function usageOf(latest: { [name in Metric]: number | null } & { sources: unknown }): Usage {
  const sources = (latest.sources ?? {}) as Partial<Record<Metric, string>>;
  const usage: Usage = {};
  for (const name of metricNames) {
    const value = latest[name];
    const source = sources[name];
    if (value !== null && isSource(source)) usage[name] = { value, source };
  }
  return usage;
}

const isSource = (name: string | undefined): name is Source => sourceNames.some((known) => known === name);
