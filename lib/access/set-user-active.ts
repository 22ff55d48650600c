import { endSessions } from "@/lib/accounts/sessions";
import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { setUserActiveContract, showUserContract } from "./contract";
import { checkOwnerLeft, lockAccess, subjectOf } from "./holder";
import { endPasswordLinks } from "./password-links";
import { checkGrant, checkOther, checkReach } from "./rules";
import { findUser, readUser } from "./user-row";

export const setUserActive = operation(setUserActiveContract, async (ctx, { id, active, revokeKeys }) => {
  const holder = await lockAccess(ctx);
  const user = await findUser(ctx.db, id);
  await requireMatch(ctx, showUserContract, () => readUser(ctx.db, ctx.now(), id));
  checkOther(holder, user, "deactivate their own account");
  const subject = await subjectOf(ctx.db, user);
  checkReach(holder, subject);
  if (active) checkGrant(holder, subject);
  const deactivatedAt = active ? null : (user.deactivatedAt ?? ctx.now());
  await ctx.db.user.update({ where: { id }, data: { deactivatedAt } });
  if (!active) {
    if (user.role === "owner") await checkOwnerLeft(ctx.db);
    await endPasswordLinks(ctx.db, id);
    await endSessions(ctx.db, { userId: id });
  }
  const own = { createdById: id, revokedAt: null };
  const revoked =
    !active && revokeKeys ? await ctx.db.apiKey.updateMany({ where: own, data: { revokedAt: ctx.now() } }) : undefined;
  ctx.note.target = id;
  ctx.note.before = { active: user.deactivatedAt === null };
  ctx.note.after = { active, ...(revoked && { revokedKeys: revoked.count }) };
  return await readUser(ctx.db, ctx.now(), id);
});
