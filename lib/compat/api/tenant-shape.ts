import type { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import type { TenantView } from "@/lib/tenants/shapes";
import type { compatTenant } from "../contract-tenants";

type CompatTenant = z.infer<typeof compatTenant>;

/** A domain in artflow's form. */
export function domainOf(
  row: { id: string; hostname: string; primary: boolean; verifiedAt: Date | string | null; createdAt: Date | string },
  tenant: string,
) {
  const { id, hostname: domain, primary: is_primary } = row;
  return {
    id,
    domain,
    tenant_id: tenant,
    is_primary,
    verified: row.verifiedAt !== null,
    created_at: new Date(row.createdAt).toISOString(),
  };
}

/** Tenants in artflow's form. Its names for domains are of their table: they are read again for their ids. */
export async function tenantsOf({ db }: Pick<Ctx, "db">, tenants: readonly TenantView[]): Promise<CompatTenant[]> {
  const rows = await db.domain.findMany({
    where: { tenantId: { in: tenants.map(({ id }) => id) } },
    orderBy: [{ primary: "desc" }, { hostname: "asc" }],
  });
  return tenants.map(({ id, name, slug, status, database, createdAt, updatedAt, domains }) => ({
    ...{ id, uuid: id, name, slug, status, database_name: database, has_homepage: null, last_accessed_at: null },
    primary_domain: domains.find(({ primary }) => primary)?.hostname ?? null,
    created_at: createdAt,
    updated_at: updatedAt,
    domains: rows.filter((row) => row.tenantId === id).map((row) => domainOf(row, id)),
  }));
}

/** One tenant in artflow's form. */
export async function tenantOf(ctx: Pick<Ctx, "db">, tenant: TenantView): Promise<CompatTenant> {
  const [one] = await tenantsOf(ctx, [tenant]);
  if (!one) throw new Error("A tenant was lost on its way.");
  return one;
}
