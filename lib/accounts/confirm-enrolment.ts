import { operation } from "@/lib/gate/operation";
import { confirmEnrolmentContract } from "./contract";
import { rememberPlace } from "./guessing";
import { wrongFirstCode } from "./new-authenticator";
import { personOf } from "./person";
import { renewCodes } from "./recovery-codes";
import { endSessions, rotateSession } from "./sessions";
import { alreadyEnrolled, enrollingUser } from "./start-enrolment";
import { matchingStep, openTotp } from "./totp";

export const confirmEnrolment = operation(confirmEnrolmentContract, async (ctx, { code }) => {
  const user = await enrollingUser(ctx);
  const secret = user.totpSecret && (await openTotp(user.id, user.totpSecret));
  const step = secret ? await matchingStep(secret, code, ctx.now(), user.totpLastStep) : undefined;
  if (step === undefined) throw wrongFirstCode();
  const { count } = await ctx.db.user.updateMany({
    where: { id: user.id, totpConfirmedAt: null, totpSecret: user.totpSecret },
    data: { totpConfirmedAt: ctx.now(), totpLastStep: step },
  });
  if (count === 0) throw alreadyEnrolled();
  ctx.note.target = user.id;
  // Who else knew the password alone is out.
  await endSessions(ctx.db, { userId: user.id, id: { not: personOf(ctx).sessionId } });
  await rotateSession(ctx);
  await rememberPlace(ctx.db, user.id, ctx.ipAddress, ctx.now());
  return { recoveryCodes: await renewCodes(ctx.db, user.id, ctx.now()) };
});
