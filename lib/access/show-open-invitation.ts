import { operation } from "@/lib/gate/operation";
import { showOpenInvitationContract } from "./contract-invitations";
import { findOpenInvitation, invitationView } from "./invitations";

export const showOpenInvitation = operation(showOpenInvitationContract, async (ctx, { id }) => {
  return invitationView(await findOpenInvitation(ctx, id));
});
