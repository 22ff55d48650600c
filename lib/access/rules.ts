import { type Actor, actorId, type Rights } from "@/lib/gate/context";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { covers, type Permission, permissions } from "@/lib/kernel/permissions";
import { everything, type Scope, scopeWithin, scopeWords } from "@/lib/kernel/scope";

/** Who asks, by what they hold now: nobody gives or takes more than that. */
export type Holder = Rights & { id: string | null; role: string; owner: boolean };

/** Somebody, or an invitation, that an actor wants to act upon. */
export type Subject = Rights & { id?: string; role: string };

/** What Tenantry itself, or who has its host, holds: everything. */
export const systemHolder: Holder = { id: null, role: "", owner: true, permissions, scope: everything };

/** What an actor held when the request came in. */
export function holderOf(actor: Actor): Holder {
  if (actor.kind === "system") return systemHolder;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  const role = actor.kind === "user" ? actor.role : "";
  return { id: actorId(actor), role, owner: role === "owner", permissions: actor.permissions, scope: actor.scope };
}

/** Throws unless the holder may give a role that includes `granted.permissions`, with that scope. */
export function checkGrant(holder: Holder, granted: Subject): void {
  const fields: FieldErrors = {};
  const missing = granted.permissions.filter((permission) => !holder.permissions.includes(permission));
  if (granted.role === "owner" && !holder.owner) fields.role = "Only an owner can make somebody an owner.";
  else if (missing.length > 0) fields.role = `It includes what you do not have yourself: ${missing.join(", ")}.`;
  if (granted.role === "owner" && granted.scope.kind !== "all") fields.scope = "An owner's rights reach all tenants.";
  else if (!scopeWithin(granted.scope, holder.scope)) fields.scope = beyond(holder.scope);
  if (Object.keys(fields).length === 0) return;
  throw new AppError("forbidden", "Nobody can give more rights than their own.", { fields });
}

/** Throws unless the holder may change, lock out or help somebody with these rights. */
export function checkReach(holder: Holder, subject: Subject): void {
  if (subject.role === "owner" && !holder.owner)
    throw new AppError("forbidden", "This concerns an owner: only an owner can do that.");
  const within = covers(holder.permissions, subject.permissions) && scopeWithin(subject.scope, holder.scope);
  if (!within) throw new AppError("forbidden", "This concerns somebody with more rights than yours.");
}

/** Throws when somebody acts upon their own account. */
export function checkOther(holder: Holder, subject: { id: string }, what: string): void {
  if (holder.id === subject.id) throw new AppError("forbidden", `Nobody can ${what}. Ask somebody else to do it.`);
}

/** Throws unless the holder may make a role of these permissions, or change one that had them. */
export function checkRole(holder: Holder, role: { name: string; permissions: readonly Permission[] }): void {
  if (holder.role === role.name)
    throw new AppError("forbidden", "This is your own role: somebody else has to change it.");
  const missing = role.permissions.filter((permission) => !holder.permissions.includes(permission));
  if (missing.length === 0) return;
  const fields = { permissions: `You do not have these yourself: ${missing.join(", ")}.` };
  throw new AppError("forbidden", "A role can't include more than its maker has.", { fields });
}

function beyond(scope: Scope): string {
  return `Your own rights reach only ${scopeWords(scope)}.`;
}
