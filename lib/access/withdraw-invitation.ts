import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { withdrawInvitationContract } from "./contract";
import { lockAccess } from "./holder";
import { invitationView, openInvitation, subjectOfInvitation } from "./invitations";
import { checkReach } from "./rules";

export const withdrawInvitation = operation(withdrawInvitationContract, async (ctx, { id }) => {
  const holder = await lockAccess(ctx);
  const invitation = await ctx.db.invitation.findFirst({ where: { id, ...openInvitation(ctx.now()) } });
  if (!invitation) throw new AppError("not_found", "There is no such invitation, or it was accepted or has expired.");
  checkReach(holder, await subjectOfInvitation(ctx.db, invitation));
  await ctx.db.invitation.delete({ where: { id } });
  const { email, role, scope } = invitationView(invitation);
  Object.assign(ctx.note, { target: id, before: { email, role, scope } });
  return invitationView(invitation);
});
