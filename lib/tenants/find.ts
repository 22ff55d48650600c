import { AppError } from "@/lib/kernel/errors";
import type { Db } from "@/lib/platform/prisma";
import { tenantInclude } from "./view";

/** A tenant's row with what its view needs; throws `not_found` for one that is unknown or deleted. */
export async function findTenant(db: Db, id: string) {
  const tenant = await db.tenant.findFirst({ where: { id, deletedAt: null }, include: tenantInclude });
  if (!tenant) throw new AppError("not_found", "There is no such tenant. It may have been deleted.");
  return tenant;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockTenant(db: Db, id: string) {
  // Who holds the row may be waiting for a server that hangs: the others must not all wait with it.
  await db.$executeRaw`SET LOCAL lock_timeout = '3s'`;
  try {
    await db.$queryRaw`SELECT 1 FROM tenants WHERE id = ${id}::uuid FOR UPDATE`;
  } catch (cause) {
    if (!/55P03|lock timeout/.test(`${String(cause)} ${JSON.stringify(cause)}`)) throw cause;
    throw new AppError("conflict", "Somebody is changing this tenant right now. Try again in a moment.", {
      cause,
      retryAfter: 3,
    });
  }
  await db.$executeRaw`SET LOCAL lock_timeout = 0`;
  return await findTenant(db, id);
}
