import { type Ctx, scopeOf } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { inScope, type Scoped, scopeWords } from "@/lib/kernel/scope";
import { announceTenant, recordActivity } from "./activity";
import { editTenantContract, showTenantContract } from "./contract";
import { type LockedTenant, lockTenant } from "./find";
import { tenantInclude, tenantViewOf } from "./view";

const fields = ["name", "plan", "region", "tags"] as const;

export const editTenant = operation(editTenantContract, async (ctx, { id, version, ...wanted }) => {
  if (version === undefined && !ctx.condition) throw unconditional();
  const before = await lockTenant(ctx, id);
  await requireMatch(ctx, showTenantContract, () => tenantViewOf(ctx.db, before));
  if (version !== undefined && before.version !== version) {
    throw new AppError("conflict", "Somebody changed this tenant meanwhile. Read it again, then make your change.", {
      reason: "stale",
    });
  }
  return await tenantViewOf(ctx.db, await changeFields(ctx, before, wanted));
});

/** As an input that is not whole, and at its field: what is to be done stands where the caller looks for it. */
function unconditional(): AppError {
  const version = "Send the version you read, or its ETag as If-Match, so that nobody's change is overwritten unseen.";
  return new AppError("invalid", "It is not said which version this changes.", { fields: { version } });
}

type Fields = { [name in (typeof fields)[number]]?: LockedTenant[name] | undefined };

/** Changes what of these fields differs, in a tenant whose row the caller's transaction holds. */
export async function changeFields(ctx: Ctx, before: LockedTenant, wanted: Fields): Promise<LockedTenant> {
  const { id } = before;
  const changed = fields.filter((key) => wanted[key] !== undefined && String(wanted[key]) !== String(before[key]));
  if (changed.length === 0) return before;
  const values = Object.fromEntries(changed.map((key) => [key, wanted[key]]));
  staysInScope(ctx, { ...before, ...values });
  const data = { ...values, version: { increment: 1 }, updatedAt: ctx.now() };
  const after = await ctx.db.tenant.update({ where: { id }, data, include: tenantInclude });
  const was = Object.fromEntries(changed.map((key) => [key, before[key]]));
  Object.assign(ctx.note, { target: id, before: was, after: values });
  const description = changed.map((key) => `${key}: ${shown(before[key])} → ${shown(after[key])}`).join("; ");
  await recordActivity(ctx, { tenantId: id, type: "edited", description });
  await announceTenant(ctx.db, id);
  return after;
}

function shown(value: string | string[]): string {
  return typeof value === "string" ? value : value.join(", ") || "none";
}

/** Nobody puts a tenant where their own rights do not reach. */
export function staysInScope(ctx: Pick<Ctx, "actor">, tenant: Scoped): void {
  const scope = scopeOf(ctx.actor);
  if (scope.kind === "all" || inScope(scope, tenant)) return;
  const field = scope.kind === "tag" ? "tags" : scope.kind;
  const wrong: FieldErrors = { [field]: `Your rights reach only ${scopeWords(scope)}.` };
  throw new AppError("invalid", "The tenant would be out of your reach.", { fields: wrong });
}
