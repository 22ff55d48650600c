import type { Db, Prisma } from "@/lib/platform/prisma";

const columns = {
  ...{ id: true, slug: true, name: true, status: true, database: true, role: true, adopted: true },
  ...{ serverId: true, settings: true, secret: true, version: true },
} as const satisfies Prisma.TenantSelect;

/** A tenant as the registry has it. */
export type RegisteredTenant = Prisma.TenantGetPayload<{ select: typeof columns }>;

/** The tenants that there are, of one server or all. */
export async function registeredTenants(db: Db, server: string | undefined): Promise<RegisteredTenant[]> {
  const where = { deletedAt: null, ...(server !== undefined && { serverId: server }) };
  return await db.tenant.findMany({ where, select: columns, orderBy: { slug: "asc" } });
}

/** Those of which the registry says the same before and after something: what changes meanwhile is no finding. */
export function unchanged(before: RegisteredTenant[], after: RegisteredTenant[]): RegisteredTenant[] {
  const now = new Map(after.map((tenant) => [tenant.id, JSON.stringify(tenant)]));
  return before.filter((tenant) => now.get(tenant.id) === JSON.stringify(tenant));
}
