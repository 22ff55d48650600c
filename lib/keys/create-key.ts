import { actorId, actorName, type Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError, type FieldErrors } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Permission } from "@/lib/kernel/permissions";
import { type Scope, scopeWithin, scopeWords } from "@/lib/kernel/scope";
import { createKeyContract } from "./contract";
import { newKey } from "./secret";
import { keyView } from "./view";

const dayMs = 86_400_000;

export const createKey = operation(createKeyContract, async (ctx, { expiresInDays, ...input }) => {
  checkRights(ctx, input);
  const { key, ...kept } = newKey();
  const id = newId(ctx.now());
  const expiresAt = expiresInDays === null ? null : new Date(ctx.now().getTime() + expiresInDays * dayMs);
  const by = { createdById: ctx.actor.kind === "user" ? actorId(ctx.actor) : null, createdBy: actorName(ctx.actor) };
  const row = await ctx.db.apiKey.create({ data: { id, ...kept, ...input, expiresAt, ...by, createdAt: ctx.now() } });
  const view = keyView(row, ctx.now());
  Object.assign(ctx.note, { target: id, after: view });
  return { key: view, secret: key };
});

/** Nobody makes a key that may do, or reach, more than they themselves. */
function checkRights({ actor }: Pick<Ctx, "actor">, wanted: { permissions: Permission[]; scope: Scope }): void {
  if (actor.kind === "system") return;
  if (actor.kind === "nobody") throw new AppError("unauthenticated", "Sign in first.");
  const fields: FieldErrors = {};
  const lacking = wanted.permissions.filter((permission) => !actor.permissions.includes(permission));
  if (lacking.length > 0) fields.permissions = `You do not have these yourself: ${lacking.join(", ")}.`;
  if (!scopeWithin(wanted.scope, actor.scope)) fields.scope = `Your rights reach only ${scopeWords(actor.scope)}.`;
  if (Object.keys(fields).length > 0)
    throw new AppError("forbidden", "A key can't have more rights than you have.", { fields });
}
