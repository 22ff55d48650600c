import { actorName } from "@/lib/gate/context";
import { operation } from "@/lib/gate/operation";
import { AppError } from "@/lib/kernel/errors";
import { newId } from "@/lib/kernel/ids";
import { randomToken, sha256 } from "@/lib/platform/crypto";
import { env } from "@/lib/platform/env";
import { inviteContract } from "./contract-invitations";
import { lockAccess } from "./holder";
import { invitationMs, invitationView, openInvitation, subjectOfInvitation } from "./invitations";
import { permissionsOfKnown } from "./role-names";
import { checkGrant, checkReach } from "./rules";

export const invite = operation(inviteContract, async (ctx, { email, role, scope }) => {
  const holder = await lockAccess(ctx);
  checkGrant(holder, { role, scope, permissions: await permissionsOfKnown(ctx.db, role) });
  if ((await ctx.db.user.count({ where: { email } })) > 0) {
    const fields = { email: "There is a user with this e-mail already." };
    throw new AppError("conflict", "This person needs no invitation.", { fields });
  }
  for (const older of await ctx.db.invitation.findMany({ where: { email, ...openInvitation(ctx.now()) } })) {
    checkReach(holder, await subjectOfInvitation(ctx.db, older));
  }
  await ctx.db.invitation.deleteMany({ where: { email, usedAt: null } });
  const token = randomToken();
  const invitation = await ctx.db.invitation.create({
    data: {
      ...{ id: newId(ctx.now()), tokenHash: sha256(token), email, role, scope },
      ...{ invitedBy: actorName(ctx.actor), createdAt: ctx.now() },
      expiresAt: new Date(ctx.now().getTime() + invitationMs),
    },
  });
  Object.assign(ctx.note, { target: invitation.id, after: { email, role, scope } });
  return { invitation: invitationView(invitation), link: `${env().TENANTRY_URL}/join/${token}` };
});
