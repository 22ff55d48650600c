import { operation } from "@/lib/gate/operation";
import { showInvitationContract } from "./contract-invitations";
import { findInvitation, invitationView } from "./invitations";
import { linkState } from "./password-links";

export const showInvitation = operation(showInvitationContract, async (ctx, { token }) => {
  const invitation = await findInvitation(ctx.db, token);
  const state = linkState(invitation, ctx.now());
  if (state !== "ok" || !invitation) return { state, email: null, role: null, scope: null, invitedBy: null };
  const { email, role, scope, invitedBy } = invitationView(invitation);
  return { state, email, role, scope, invitedBy };
});
