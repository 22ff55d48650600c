import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { revokeKeyContract } from "./contract";
import { keyView } from "./view";

export const revokeKey = operation(revokeKeyContract, async (ctx, { id }) => {
  const before = await ctx.db.apiKey.findUnique({ where: { id } });
  if (!before) throw new AppError("not_found", "There is no such API key.");
  if (before.revokedAt) throw new AppError("conflict", "This key was revoked already.");
  const after = await ctx.db.apiKey.update({ where: { id }, data: { revokedAt: ctx.now() } });
  Object.assign(ctx.note, { target: id, before: keyView(before, ctx.now()), after: keyView(after, ctx.now()) });
  await ctx.db.$executeRaw`SELECT pg_notify('tenantry_session', ${id})`;
  return keyView(after, ctx.now());
});
