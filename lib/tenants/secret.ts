import type pg from "pg";
import { randomToken } from "@/lib/platform/crypto";
import { connectWith, wrongPassword } from "@/lib/platform/either-password";
import { seal, unseal } from "@/lib/platform/keyring";
import { roleConfig, type ServerAccess } from "@/lib/platform/postgres";
import { controlDb } from "@/lib/platform/prisma";
import { contexts } from "@/lib/platform/sealed-columns";

/** A new random password for a tenant's role, as it is stored. */
export async function newTenantSecret(tenantId: string): Promise<string> {
  return await seal(randomToken(), contexts.tenant(tenantId));
}

/** The password of a tenant's role. */
export async function tenantPassword(tenant: { id: string; secret: string }): Promise<string> {
  return await unseal(tenant.secret, contexts.tenant(tenant.id));
}

type Secrets = { secret: string; nextSecret?: string | null };
type Tenant = Secrets & { id: string; role: string; database: string };

/**
 * Connects as the tenant's own role to its own database, by `settings` where they differ from the usual. While the
 * role's password is being changed it has one of two: the other is tried when the server refuses the one, and what the
 * registry says by now when it refuses both.
 */
export async function connectAsTenant(
  server: ServerAccess,
  tenant: Tenant,
  settings: pg.ClientConfig = {},
): Promise<pg.Client> {
  const { role: user, database } = tenant;
  const config = { ...roleConfig(server, { user, password: "", database }), ...settings };
  try {
    return await connectWith(config, passwords(tenant.id, tenant));
  } catch (error) {
    if (!wrongPassword(error)) throw error;
    const newest = await controlDb().tenant.findUnique({
      where: { id: tenant.id },
      select: { secret: true, nextSecret: true },
    });
    if (!newest || !changed(tenant, newest)) throw error;
    return await connectWith(config, passwords(tenant.id, newest));
  }
}

function passwords(id: string, { secret, nextSecret }: Secrets): [() => Promise<string>, ...(() => Promise<string>)[]] {
  const open = (sealed: string) => () => tenantPassword({ id, secret: sealed });
  return [open(secret), ...(nextSecret ? [open(nextSecret)] : [])];
}

function changed(before: Secrets, now: Secrets): boolean {
  return before.secret !== now.secret || (before.nextSecret ?? null) !== (now.nextSecret ?? null);
}
