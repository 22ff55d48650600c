import { operation } from "@/lib/gate/operation";
import { requireMatch } from "@/lib/gate/precondition";
import { showOpenInvitationContract, withdrawInvitationContract } from "./contract-invitations";
import { lockAccess } from "./holder";
import { findOpenInvitation, invitationView, subjectOfInvitation } from "./invitations";
import { checkReach } from "./rules";

export const withdrawInvitation = operation(withdrawInvitationContract, async (ctx, { id }) => {
  const holder = await lockAccess(ctx);
  const invitation = await findOpenInvitation(ctx, id);
  await requireMatch(ctx, showOpenInvitationContract, () => invitationView(invitation));
  checkReach(holder, await subjectOfInvitation(ctx.db, invitation));
  await ctx.db.invitation.delete({ where: { id } });
  const { email, role, scope } = invitationView(invitation);
  Object.assign(ctx.note, { target: id, before: { email, role, scope } });
  return invitationView(invitation);
});
