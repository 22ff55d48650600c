import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { confirmEnrolmentContract } from "./contract";
import { enrollingUser } from "./start-enrolment";
import { matchingStep, openTotp } from "./totp";

export const confirmEnrolment = operation(confirmEnrolmentContract, async (ctx, { code }) => {
  const user = await enrollingUser(ctx);
  const secret = user.totpSecret && (await openTotp(user.id, user.totpSecret));
  const step = secret ? await matchingStep(secret, code, ctx.now(), user.totpLastStep) : undefined;
  if (step === undefined) {
    const fields = { code: "This code is not right. Check that the phone's clock is, and use the newest code." };
    throw new AppError("invalid", "The code does not match.", { fields });
  }
  const confirmed = { totpConfirmedAt: ctx.now(), totpLastStep: step };
  const after = await ctx.db.user.update({ where: { id: user.id }, data: confirmed });
  if (ctx.actor.kind === "user") {
    await ctx.db.session.update({ where: { id: ctx.actor.sessionId }, data: { secondFactorAt: ctx.now() } });
  }
  return after;
});
