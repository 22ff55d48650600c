import type { Ctx } from "@/lib/gate/context";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import type { Permission } from "@/lib/kernel/permissions";
import { type Scope, scopeWithin, scopeWords } from "@/lib/kernel/scope";

/** Nobody gives a key that may do, or reach, more than they themselves. */
export function checkGiven(
  { actor }: Pick<Ctx, "actor">,
  wanted: { permissions: readonly Permission[]; scope: Scope },
): void {
  if (actor.kind === "system") return;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  const fields: FieldErrors = {};
  const lacking = wanted.permissions.filter((permission) => !actor.permissions.includes(permission));
  if (lacking.length > 0) fields.permissions = `You do not have these yourself: ${lacking.join(", ")}.`;
  if (!scopeWithin(wanted.scope, actor.scope)) fields.scope = `Your rights reach only ${scopeWords(actor.scope)}.`;
  if (Object.keys(fields).length > 0)
    throw new AppError("forbidden", "A key can't have more rights than you have.", { fields });
}

const dayMs = 86_400_000;

/** When a key ends that is to live for so many days from now; null: it has no end. */
export function endOf({ now }: Pick<Ctx, "now">, days: number | null): Date | null {
  return days === null ? null : new Date(now().getTime() + days * dayMs);
}
