import { endSessions } from "@/lib/accounts/sessions";
import { operation } from "@/lib/gate/operation";
import { endUserSessionsContract } from "./contract";
import { lockAccess, subjectOf } from "./holder";
import { checkReach } from "./rules";
import { findUser } from "./user-row";

export const endUserSessions = operation(endUserSessionsContract, async (ctx, { id }) => {
  const holder = await lockAccess(ctx);
  const user = await findUser(ctx.db, id);
  checkReach(holder, await subjectOf(ctx.db, user));
  const ended = await endSessions(ctx.db, { userId: id });
  Object.assign(ctx.note, { target: id, after: { ended } });
  return { ended };
});
