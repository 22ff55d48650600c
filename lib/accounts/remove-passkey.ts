import { operation } from "@/lib/gate/operation";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { removePasskeyContract } from "./contract-account";
import { passkeyRow } from "./passkey-row";
import { personOf } from "./person";

export const removePasskey = operation(removePasskeyContract, async (ctx, { id }) => {
  const row = await ctx.db.passkey.findUnique({ where: { id } });
  const words = "You have no such passkey any more.";
  if (!row) throw new AppError("not_found", words);
  if (row.userId !== personOf(ctx).id) throw new HiddenError(words);
  await ctx.db.passkey.delete({ where: { id } });
  ctx.note.before = passkeyRow(row);
  return passkeyRow(row);
});
