import { operation } from "@/lib/gate/operation";
import { signOutContract } from "./contract";
import { personOf } from "./person";
import { endSessions } from "./sessions";

export const signOut = operation(signOutContract, async (ctx) => {
  const { id, sessionId } = personOf(ctx);
  ctx.note.target = id;
  const ended = await endSessions(ctx.db, { id: sessionId });
  ctx.reply.sessionToken = null;
  ctx.reply.headers = { ...ctx.reply.headers, "clear-site-data": '"cache"' };
  return { ended };
});
