import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { type LockedTenant, lockTenant } from "@/lib/tenants/find";
import { whyNot } from "@/lib/tenants/rules";
import type { DomainRow } from "./view";

/** One of a tenant's domains. Throws `not_found` where there is none. */
export async function findDomain({ db }: Pick<Ctx, "db">, tenantId: string, id: string): Promise<DomainRow> {
  const row = await db.domain.findFirst({ where: { id, tenantId } });
  if (!row) throw new AppError("not_found", "The tenant has no such domain. It may have been removed.");
  return row;
}

/** A tenant whose domains may be changed; nobody else changes them until the transaction ends. */
export async function lockForDomains(ctx: Ctx, id: string): Promise<LockedTenant> {
  const tenant = await lockTenant(ctx, id);
  if (tenant.status === "deleted" || tenant.status === "deleting") {
    throw new AppError("conflict", `The tenant's domains can't be changed: ${whyNot[tenant.status]}.`);
  }
  return tenant;
}
