import { operation } from "@/lib/gate/operation";
import { endAllSessionsContract } from "./contract-account";
import { personOf } from "./person";
import { endSessions } from "./sessions";

export const endAllSessions = operation(endAllSessionsContract, async (ctx, { keepThis }) => {
  const { id, sessionId } = personOf(ctx);
  const ended = await endSessions(ctx.db, { userId: id, ...(keepThis && { id: { not: sessionId } }) });
  if (!keepThis) ctx.reply.sessionToken = null;
  ctx.note.target = id;
  return { ended };
});
