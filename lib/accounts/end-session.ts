import { operation } from "@/lib/gate/operation";
import { AppError, HiddenError } from "@/lib/kernel/errors";
import { endSessionContract } from "./contract-account";
import { personOf } from "./person";
import { endSessions } from "./sessions";

export const endOwnSession = operation(endSessionContract, async (ctx, { id }) => {
  const person = personOf(ctx);
  const ended = await endSessions(ctx.db, { id, userId: person.id });
  if (ended === 0) {
    const words = "You have no such session any more; it may have ended already.";
    const isSomebodys = (await ctx.db.session.count({ where: { id } })) > 0;
    throw isSomebodys ? new HiddenError(words) : new AppError("not_found", words);
  }
  if (id === person.sessionId) ctx.reply.sessionToken = null;
  return { ended };
});
