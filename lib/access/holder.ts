import { rightsOf } from "@/lib/accounts/rights";
import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import type { Db } from "@/lib/platform/prisma";
import { type Holder, holderOf, type Subject } from "./rules";

/**
 * Who asks, with what they hold at this moment. From here until the transaction ends, nobody else changes users, roles
 * or invitations: two owners who demote each other come one after the other, and the second finds out.
 */
export async function lockAccess(ctx: Ctx): Promise<Holder> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('tenantry access', 0))`;
  const holder = holderOf(ctx.actor);
  if (ctx.actor.kind !== "user") return holder;
  const now = await ctx.db.user.findUnique({ where: { id: ctx.actor.id } });
  if (!now || now.deactivatedAt) throw new AppError("forbidden", "Your account was deactivated.");
  return { id: now.id, role: now.role, owner: now.role === "owner", ...(await rightsOf(ctx.db, now)) };
}

/** A user as the rules look at them. */
export async function subjectOf(db: Db, user: { id: string; role: string; scope: unknown }): Promise<Subject> {
  return { id: user.id, role: user.role, ...(await rightsOf(db, user)) };
}

/**
 * Throws when nobody would be left to run the installation: an owner who is active, with a second factor. Somebody who
 * has not enrolled doesn't count, since they may never do.
 */
export async function checkOwnerLeft(db: Db): Promise<void> {
  const able = { role: "owner", deactivatedAt: null, totpConfirmedAt: { not: null } };
  if ((await db.user.count({ where: able })) > 0) return;
  throw new AppError("conflict", "This is the last active owner. Make somebody else an owner first.");
}
