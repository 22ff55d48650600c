import { type Ctx, scopeOf } from "@/lib/gate/context";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { inScope } from "@/lib/kernel/scope";
import { tenantInclude } from "./view";

type Asking = Pick<Ctx, "db" | "actor">;

const unknown = "There is no such tenant. It may have been deleted.";

/**
 * A tenant's row with what its view needs. Throws `not_found` for one that is unknown, deleted or out of the actor's
 * scope: the caller can't tell which, the audit trail can.
 */
export async function findTenant(asking: Asking, id: string) {
  return await findOne(asking, { id });
}

/** The same by the slug, which is one tenant's at a time. */
export async function findTenantBySlug(asking: Asking, slug: string) {
  return await findOne(asking, { slug });
}

async function findOne({ db, actor }: Asking, which: { id: string } | { slug: string }) {
  const tenant = await db.tenant.findFirst({ where: { ...which, deletedAt: null }, include: tenantInclude });
  if (!tenant) throw new AppError("not_found", unknown);
  if (!inScope(scopeOf(actor), tenant)) throw new HiddenError(unknown);
  return tenant;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockTenant(asking: Asking, id: string) {
  await findTenant(asking, id);
  const { db } = asking;
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
  return await findTenant(asking, id);
}

/** A tenant whose row the caller's transaction holds. */
export type LockedTenant = Awaited<ReturnType<typeof lockTenant>>;
