import { operation } from "@/lib/gate/operation";
import { stepUpMs } from "@/lib/gate/step-up";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { stepUpContract } from "./contract";
import { factorThrottle, isKnownPlace } from "./guessing";
import { personOf } from "./person";
import { proveAgain } from "./second-factor";
import { rotateSession } from "./sessions";
import { countAttempt, giveBack } from "./throttle";

export const proveStepUp = operation(stepUpContract, async (ctx, { digest, code = "", passkey = "" }) => {
  const { id: userId, email, sessionId } = personOf(ctx);
  ctx.note.target = userId;
  const known = await isKnownPlace(ctx.db, email, ctx.ipAddress, ctx.now());
  const throttle = factorThrottle({ email, address: ctx.ipAddress, known });
  await countAttempt([throttle], ctx.now());
  const user = await ctx.db.user.findUniqueOrThrow({ where: { id: userId } });
  if (!(await proveAgain(ctx.db, user, digest, { code, passkey }, ctx.now()))) throw wrong(passkey === "");
  await giveBack([throttle]);
  const expiresAt = new Date(ctx.now().getTime() + stepUpMs);
  const createdAt = ctx.now();
  await ctx.db.stepUp.create({ data: { id: newId(createdAt), userId, sessionId, digest, createdAt, expiresAt } });
  await rotateSession(ctx);
  return { expiresAt: expiresAt.toISOString() };
});

/** `forbidden`, not `invalid`: so the gate writes it to the audit trail. */
function wrong(typed: boolean): AppError {
  const words = typed
    ? "This code is wrong, too old, or was used already. Wait for the next one."
    : "This passkey was not accepted, or it took too long. Try again, or use a code.";
  const fields = typed ? { code: words } : { passkey: words };
  return new AppError("forbidden", words, { fields, reason: "code_invalid" });
}
