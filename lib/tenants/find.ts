import { type Actor, type Ctx, scopeOf } from "@/lib/gate/context";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { gathered } from "@/lib/kernel/gathered";
import { inScope, type Scoped } from "@/lib/kernel/scope";
import { controlDb, type Prisma } from "@/lib/platform/prisma";
import { quickDb, type Reading } from "@/lib/platform/quick-db";
import { tenantInclude } from "./view";

type Asking = Pick<Ctx, "db" | "actor">;

const unknown = "There is no such tenant. It may have been deleted.";

/**
 * A tenant's row with what its view needs. Throws `not_found` for one that is unknown, deleted or out of the actor's
 * scope: the caller can't tell which, the audit trail can.
 */
export async function findTenant({ db, actor }: Asking, id: string) {
  return seenBy(actor, await db.tenant.findFirst({ where: { id, deletedAt: null }, include: tenantInclude }));
}

/** What is needed of a tenant to decide whether somebody may know of it, and to speak of it. */
export type SeenTenant = {
  id: string;
  slug: string;
  plan: string;
  region: string;
  tags: string[];
  adopted: boolean;
  settings: Prisma.JsonValue;
};

/** Makes sure that an actor may know of a tenant, for reading what belongs to it. Throws like `findTenant`. */
export async function seeTenant({ db, actor }: Asking, id: string): Promise<SeenTenant> {
  return seenBy(
    actor,
    await (db === controlDb() ? tenantAt(id.toLowerCase()) : seenRows(db, [id]).then(([row]) => row)),
  );
}

/** Whether an actor may know of a tenant, as it is now. */
export async function maySeeTenant(actor: Actor, id: string): Promise<boolean> {
  const tenant = await tenantAt(id.toLowerCase());
  return tenant !== undefined && inScope(scopeOf(actor), tenant);
}

/** Nearly every request about a tenant begins with this one. */
const tenantAt = gathered(async (ids) => {
  const rows = await seenRows(quickDb(), ids);
  return new Map(rows.map((row) => [row.id, row]));
});

async function seenRows(db: Reading, ids: string[]): Promise<SeenTenant[]> {
  return await db.$queryRaw<SeenTenant[]>`
    SELECT id::text, slug, plan, region, tags, adopted, settings FROM tenants
     WHERE id = ANY(${ids}::uuid[]) AND deleted_at IS NULL`;
}

/** A tenant's row, if there is one that the actor may know of. Throws `not_found` otherwise, as `findTenant` says. */
export function seenBy<Row extends Scoped>(actor: Actor, tenant: Row | undefined | null): Row {
  if (!tenant) throw new AppError("not_found", unknown);
  if (!inScope(scopeOf(actor), tenant)) throw new HiddenError(unknown);
  return tenant;
}

/** The same, and nobody else can change the row until the transaction ends. */
export async function lockTenant(asking: Asking, id: string) {
  await seeTenant(asking, id);
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
