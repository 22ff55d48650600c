import { permissionsOf } from "@/lib/accounts/rights";
import type { Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { scopeShape } from "@/lib/kernel/scope";
import { sha256 } from "@/lib/platform/crypto";
import type { Db } from "@/lib/platform/prisma";
import type { InvitationRow } from "./contract-invitations";
import type { Subject } from "./rules";

/** Milliseconds for which an invitation can be accepted. */
export const invitationMs = 7 * 86_400_000;

type Stored = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;

/** An invitation by its link's token, whatever its state. */
export async function findInvitation(db: Db, token: string) {
  return await db.invitation.findUnique({ where: { tokenHash: sha256(token) } });
}

/** An invitation that can still be accepted; `not_found` when there is none. */
export async function findOpenInvitation({ db, now }: Pick<Ctx, "db" | "now">, id: string): Promise<Stored> {
  const invitation = await db.invitation.findFirst({ where: { id, ...openInvitation(now()) } });
  if (!invitation) throw new AppError("not_found", "There is no such invitation, or it was accepted or has expired.");
  return invitation;
}

/** What narrows the table to the invitations that can still be accepted. */
export function openInvitation(now: Date) {
  return { usedAt: null, expiresAt: { gt: now } };
}

/** An invitation as the API shows it. */
export function invitationView(invitation: Stored): InvitationRow {
  const { id, email, role, invitedBy, createdAt, expiresAt } = invitation;
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id, email, role, scope: scopeShape.parse(invitation.scope), invitedBy, ...times };
}

/** What an invitation would give. */
export async function subjectOfInvitation(db: Db, { role, scope }: Stored): Promise<Subject> {
  return { role, permissions: await permissionsOf(db, role), scope: scopeShape.parse(scope) };
}
