import { randomToken, seal, unseal } from "@/lib/platform/crypto";
import type { ServerAccess } from "@/lib/platform/postgres";

const context = (tenantId: string) => `tenant:${tenantId}`;

/** A new random password for a tenant's role, as it is stored. */
export function newTenantSecret(tenantId: string): string {
  return seal(randomToken(), context(tenantId));
}

/** The password of a tenant's role. */
export function tenantPassword(tenant: { id: string; secret: string }): string {
  return unseal(tenant.secret, context(tenant.id));
}

/** How to reach the server as the tenant's own role in its own database. */
export function tenantAccess(
  server: ServerAccess,
  tenant: { id: string; secret: string; role: string; database: string },
): ServerAccess {
  return { ...server, adminUser: tenant.role, adminPassword: tenantPassword(tenant), adminDatabase: tenant.database };
}
