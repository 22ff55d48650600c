import { operation } from "@/lib/gate/operation";
import { listInvitationsContract } from "./contract";
import { invitationView, openInvitation } from "./invitations";

export const listInvitations = operation(listInvitationsContract, async (ctx) => {
  const open = await ctx.db.invitation.findMany({ where: openInvitation(ctx.now()), orderBy: { createdAt: "desc" } });
  return { invitations: open.map(invitationView) };
});
