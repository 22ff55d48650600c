import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { changePasswordContract } from "./contract-account";
import { isKnownPlace, passwordThrottles } from "./guessing";
import { hashPassword, passwordMatches } from "./password";
import { personOf } from "./person";
import { endSessions, rotateSession } from "./sessions";
import { countAttempt, giveBack } from "./throttle";
import { refuseWeakPassword } from "./weak-password";

export const changePassword = operation(changePasswordContract, async (ctx, { current, password }) => {
  const { id, email, name, sessionId } = personOf(ctx);
  ctx.note.target = id;
  const { passwordHash } = await ctx.db.user.findUniqueOrThrow({ where: { id } });
  await checkCurrent(ctx, email, passwordHash, current);
  if (password === current) throw refused("invalid", "password", "This is the password that you have. Choose another.");
  await refuseWeakPassword(password, { email, name });
  const changed = { passwordHash: await hashPassword(password), passwordChangedAt: ctx.now() };
  await ctx.db.user.update({ where: { id }, data: changed });
  await ctx.db.oneTimeLink.updateMany({ where: { userId: id, usedAt: null }, data: { usedAt: ctx.now() } });
  const ended = await endSessions(ctx.db, { userId: id, id: { not: sessionId } });
  await rotateSession(ctx);
  return { ended };
});

async function checkCurrent(ctx: Ctx, email: string, stored: string, current: string): Promise<void> {
  const known = await isKnownPlace(ctx.db, email, ctx.ipAddress, ctx.now());
  const { own, others } = passwordThrottles({ email, address: ctx.ipAddress, known });
  await countAttempt([...others, own], ctx.now());
  // `forbidden`, not `invalid`: so the gate writes it to the audit trail.
  if (!(await passwordMatches(stored, current))) throw refused("forbidden", "current", "This is not your password.");
  await giveBack([...others, own]);
}

function refused(code: "invalid" | "forbidden", field: string, words: string): AppError {
  return new AppError(code, words, { fields: { [field]: words } });
}
