import { z } from "zod";
import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { unseal } from "@/lib/platform/keyring";
import { changeAuthenticatorContract } from "./contract-account";
import { wrongFirstCode } from "./new-authenticator";
import { personOf } from "./person";
import { endSessions, rotateSession } from "./sessions";
import { pendingContext } from "./start-authenticator";
import { matchingStep, sealTotp } from "./totp";

/** The new app's code proves it; the step-up that began it proved the person. Other sessions end. */
export const changeAuthenticator = operation(changeAuthenticatorContract, async (ctx, { pending, code }) => {
  const { id, sessionId } = personOf(ctx);
  const secret = await pendingSecret(ctx, id, pending);
  const step = await matchingStep(secret, code, ctx.now(), null);
  if (step === undefined) throw wrongFirstCode();
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id } });
  const totpSecret = await sealTotp(id, secret);
  await ctx.db.user.update({ where: { id }, data: { totpSecret, totpConfirmedAt: ctx.now(), totpLastStep: step } });
  await endSessions(ctx.db, { userId: id, id: { not: sessionId } });
  await rotateSession(ctx);
  const enrolledAt = ctx.now().toISOString();
  const before = { enrolledAt: user.totpConfirmedAt?.toISOString() ?? null };
  Object.assign(ctx.note, { target: id, before, after: { enrolledAt } });
  return { enrolledAt };
});

const shape = z.object({ secret: z.string(), until: z.number() });

async function pendingSecret(ctx: Ctx, userId: string, pending: string): Promise<string> {
  const text = await unseal(pending, pendingContext(userId)).catch((cause: unknown) => {
    if (cause instanceof AppError) throw cause;
    throw new AppError("invalid", "This does not belong to a change that you began. Begin again.", { cause });
  });
  const { secret, until } = shape.parse(JSON.parse(text));
  if (until <= ctx.now().getTime())
    throw new AppError("invalid", "This took more than a quarter of an hour. Begin again.");
  return secret;
}
