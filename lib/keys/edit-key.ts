import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { AppError } from "@/lib/kernel/errors";
import { editKeyContract, showKeyContract } from "./contract";
import { lockKey } from "./find-key";
import { checkGiven, endOf } from "./rights";
import { keyView } from "./view";

export const editKey = operation(editKeyContract, async (ctx, { id, expiresInDays, ...wanted }) => {
  const before = await lockKey(ctx.db, id);
  const was = keyView(before, ctx.now());
  await requireMatch(ctx, showKeyContract, () => was);
  if (was.state !== "active") throw new AppError("conflict", `This key is ${was.state}. Make a new one.`);
  // Who keeps a key alive, or lets it in from elsewhere, gives what it may do.
  checkGiven(ctx, was);
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const data = { ...given, ...(expiresInDays !== undefined && { expiresAt: endOf(ctx, expiresInDays) }) };
  const after = keyView(await ctx.db.apiKey.update({ where: { id }, data }), ctx.now());
  Object.assign(ctx.note, { target: id, before: was, after });
  return after;
});
