import { endSessions } from "@/lib/accounts/sessions";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { resetSecondFactorContract } from "./contract";
import { lockAccess } from "./holder";
import { checkOther } from "./rules";
import { findUser, readUser } from "./user-row";

export const resetSecondFactor = operation(resetSecondFactorContract, async (ctx, { id }) => {
  const holder = await lockAccess(ctx);
  if (!holder.owner) throw new AppError("forbidden", "Only an owner can remove somebody's second factor.");
  checkOther(holder, { id }, "remove their own second factor; the account page moves it to another device");
  const user = await findUser(ctx.db, id);
  const where = { userId: id };
  const [passkeys, recovery] = [
    await ctx.db.passkey.deleteMany({ where }),
    await ctx.db.recoveryCode.deleteMany({ where }),
  ];
  const none = { totpSecret: null, totpConfirmedAt: null, totpLastStep: null };
  await ctx.db.user.update({ where: { id }, data: none });
  await endSessions(ctx.db, { userId: id });
  const removed = { passkeys: passkeys.count, recovery: recovery.count };
  const before = { authenticator: user.totpConfirmedAt !== null, ...removed };
  const after = { authenticator: false, passkeys: 0, recovery: 0 };
  Object.assign(ctx.note, { target: id, before, after });
  return await readUser(ctx.db, ctx.now(), id);
});
