import { operation } from "@/lib/gate/operation";
import { showInvitationContract } from "./contract";
import { findInvitation } from "./invitations";
import { linkState } from "./password-links";

export const showInvitation = operation(showInvitationContract, async (ctx, { token }) => {
  const invitation = await findInvitation(ctx.db, token);
  const state = linkState(invitation, ctx.now());
  return state === "ok" && invitation
    ? { state, email: invitation.email, role: invitation.role }
    : { state, email: null, role: null };
});
