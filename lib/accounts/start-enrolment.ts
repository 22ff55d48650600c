import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { startEnrolmentContract } from "./contract";
import { shownSecret } from "./new-authenticator";
import { personOf } from "./person";
import { newTotpSecret, openTotp, sealTotp } from "./totp";

export const startEnrolment = operation(startEnrolmentContract, async (ctx) => {
  const user = await enrollingUser(ctx);
  // Asked again (a reload, a second tab), the same secret comes back: what was scanned stays right.
  const secret = user.totpSecret === null ? newTotpSecret() : await openTotp(user.id, user.totpSecret);
  if (user.totpSecret === null) {
    await ctx.db.user.update({ where: { id: user.id }, data: { totpSecret: await sealTotp(user.id, secret) } });
  }
  return await shownSecret(secret, user.email);
});

/** The signed-in user, who must not have a second factor yet: another one takes an owner's reset. */
export async function enrollingUser(ctx: Ctx) {
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: personOf(ctx).id } });
  if (user.totpConfirmedAt) throw alreadyEnrolled();
  return user;
}

/** The refusal of a second enrolment. */
export function alreadyEnrolled(): AppError {
  return new AppError("conflict", "Your second factor is set up already.");
}
