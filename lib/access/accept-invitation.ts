import { hashPassword } from "@/lib/accounts/password";
import { rightsOf } from "@/lib/accounts/rights";
import { refuseWeakPassword } from "@/lib/accounts/weak-password";
import type { Ctx } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import type { Db } from "@/lib/platform/prisma";
import { acceptInvitationContract } from "./contract-invitations";
import { lockAccess } from "./holder";
import { findInvitation, invitationView, subjectOfInvitation } from "./invitations";
import { linkState, linkWords } from "./password-links";
import { isRole } from "./role-names";
import { checkGrant, type Subject } from "./rules";

export const acceptInvitation = operation(acceptInvitationContract, async (ctx, { token, name, password }) => {
  const { email } = await findUsable(ctx, token);
  await refuseWeakPassword(password, { email, name });
  const passwordHash = await hashPassword(password);
  await lockAccess({ ...ctx, actor: { kind: "system", name: "invitation" } });
  const invitation = await findUsable(ctx, token);
  const { role, scope, invitedBy } = invitationView(invitation);
  if (!(await isRole(ctx.db, role))) throw stale(`the role "${role}" was deleted`);
  await checkInviter(ctx.db, invitedBy, await subjectOfInvitation(ctx.db, invitation));
  if ((await ctx.db.user.count({ where: { email } })) > 0)
    throw new AppError("conflict", "There is an account with this e-mail already. Sign in instead.");
  await ctx.db.invitation.update({ where: { id: invitation.id }, data: { usedAt: ctx.now() } });
  const id = newId(ctx.now());
  const times = { createdAt: ctx.now(), passwordChangedAt: ctx.now() };
  await ctx.db.user.create({ data: { id, email, name, role, scope, passwordHash, ...times } });
  Object.assign(ctx.note, { target: id, after: { email, role, scope, invitedBy } });
  return { email };
});

async function findUsable(ctx: Ctx, token: string) {
  const invitation = await findInvitation(ctx.db, token);
  const state = linkState(invitation, ctx.now());
  if (state === "ok" && invitation) return invitation;
  throw new AppError("not_found", linkWords(state === "ok" ? "unknown" : state, "This invitation"));
}

/** An invitation gives no more than who made it could give today. */
async function checkInviter(db: Db, email: string, granted: Subject): Promise<void> {
  // An invitation by the system, on the host, names no address.
  if (!email.includes("@")) return;
  const inviter = await db.user.findUnique({ where: { email } });
  if (!inviter || inviter.deactivatedAt) throw stale("who invited you has no account any more");
  const holder = { id: inviter.id, role: inviter.role, owner: inviter.role === "owner" };
  const rights = await rightsOf(db, inviter);
  if (!rights.permissions.includes("users:create")) throw stale("who invited you may not invite any more");
  try {
    checkGrant({ ...holder, ...rights }, granted);
  } catch (cause) {
    throw stale("who invited you has fewer rights now", cause);
  }
}

function stale(why: string, cause?: unknown): AppError {
  return new AppError("conflict", `This invitation can't be accepted any more: ${why}. Ask for a new one.`, { cause });
}
