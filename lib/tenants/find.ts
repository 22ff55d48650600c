import { AppError } from "@/lib/kernel/errors";
import type { Db } from "@/lib/platform/prisma";
import { Prisma } from "@/lib/platform/prisma";
import { tenantInclude } from "./view";

/** A tenant's row with what its view needs; throws `not_found` for one that is unknown or deleted. */
export async function findTenant(db: Db, id: string) {
  const tenant = await db.tenant.findFirst({ where: { id, deletedAt: null }, include: tenantInclude });
  if (!tenant) throw new AppError("not_found", "There is no such tenant. It may have been deleted.");
  return tenant;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockTenant(db: Db, id: string) {
  await db.$queryRaw(Prisma.sql`SELECT 1 FROM tenants WHERE id = ${id}::uuid FOR UPDATE`);
  return await findTenant(db, id);
}
