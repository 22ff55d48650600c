import { sha256 } from "@/lib/platform/crypto";
import type { Db } from "@/lib/platform/prisma";

export const passwordPurpose = "password";

/** Milliseconds for which a link to set a new password works. */
export const passwordLinkMs = 24 * 3_600_000;

/** Ends the links to set a new password that a user has open. */
export async function endPasswordLinks(db: Db, userId: string): Promise<void> {
  await db.oneTimeLink.deleteMany({ where: { userId, purpose: passwordPurpose, usedAt: null } });
}

/** Ends such links of everybody who has a role. */
export async function endRoleLinks(db: Db, role: string): Promise<void> {
  await db.oneTimeLink.deleteMany({ where: { user: { role }, purpose: passwordPurpose, usedAt: null } });
}

/** The link of a token with its user, whatever its state. */
export async function findPasswordLink(db: Db, token: string) {
  return await db.oneTimeLink.findFirst({
    where: { tokenHash: sha256(token), purpose: passwordPurpose },
    include: { user: true },
  });
}

/** Whether a single-use link can still be used. */
export function linkState(
  link: { usedAt: Date | null; expiresAt: Date } | null,
  now: Date,
): "ok" | "used" | "expired" | "unknown" {
  if (!link) return "unknown";
  if (link.usedAt) return "used";
  return link.expiresAt > now ? "ok" : "expired";
}

/** Why a link that is not "ok" can't be used, in words. */
export function linkWords(state: "used" | "expired" | "unknown", what: string): string {
  if (state === "used") return `${what} was used already.`;
  return state === "expired"
    ? `${what} has expired. Ask for a new one.`
    : `${what} is not known, or was replaced. Ask for a new one.`;
}
