import { randomToken } from "@/lib/platform/crypto";
import { seal, unseal } from "@/lib/platform/keyring";
import type { ServerAccess } from "@/lib/platform/postgres";
import { contexts } from "@/lib/platform/sealed-columns";

/** A new random password for a tenant's role, as it is stored. */
export async function newTenantSecret(tenantId: string): Promise<string> {
  return await seal(randomToken(), contexts.tenant(tenantId));
}

/** The password of a tenant's role. */
export async function tenantPassword(tenant: { id: string; secret: string }): Promise<string> {
  return await unseal(tenant.secret, contexts.tenant(tenant.id));
}

/** How to reach the server as the tenant's own role in its own database. */
export async function tenantAccess(
  server: ServerAccess,
  tenant: { id: string; secret: string; role: string; database: string },
): Promise<ServerAccess> {
  const adminPassword = await tenantPassword(tenant);
  return { ...server, adminUser: tenant.role, adminPassword, adminDatabase: tenant.database };
}
