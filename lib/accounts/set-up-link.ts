import { randomToken, sha256 } from "@/lib/platform/crypto";
import { controlDb } from "@/lib/platform/prisma";

export const setUpPurpose = "first-owner";
const lifetimeMs = 24 * 3_600_000;

/** A new one-time link token for the first owner, or null when there is a user already. Older links end. */
export async function newSetUpToken(now: Date): Promise<string | null> {
  if ((await controlDb().user.count()) > 0) return null;
  const token = randomToken();
  await controlDb().$transaction([
    controlDb().oneTimeLink.deleteMany({ where: { purpose: setUpPurpose, usedAt: null } }),
    controlDb().oneTimeLink.create({
      data: {
        tokenHash: sha256(token),
        purpose: setUpPurpose,
        expiresAt: new Date(now.getTime() + lifetimeMs),
        createdAt: now,
      },
    }),
  ]);
  return token;
}
