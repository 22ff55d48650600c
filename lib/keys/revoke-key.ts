import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { revokeKeyContract, showKeyContract } from "./contract";
import { lockKey } from "./find-key";
import { keyView } from "./view";

export const revokeKey = operation(revokeKeyContract, async (ctx, { id }) => {
  const before = await lockKey(ctx.db, id);
  await requireMatch(ctx, showKeyContract, () => keyView(before, ctx.now()));
  if (before.revokedAt) throw new AppError("conflict", "This key was revoked already.");
  const after = await ctx.db.apiKey.update({ where: { id }, data: { revokedAt: ctx.now() } });
  Object.assign(ctx.note, { target: id, before: keyView(before, ctx.now()), after: keyView(after, ctx.now()) });
  await ctx.db.$executeRaw`SELECT pg_notify('tenantry_session', ${id})`;
  return keyView(after, ctx.now());
});
