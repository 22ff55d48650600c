import { readSessions } from "@/lib/accounts/session-rows";
import { operation } from "@/lib/gate/operation";
import { listUserSessionsContract } from "./contract";
import { findUser } from "./user-row";

export const listUserSessions = operation(listUserSessionsContract, async (ctx, { id, ...page }) => {
  await findUser(ctx.db, id);
  return await readSessions(ctx, { list: "users.sessions", userId: id, ...page });
});
