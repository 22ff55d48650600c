import { createHmac, randomBytes } from "node:crypto";
import { newId } from "@/lib/kernel/ids";
import { ownKey } from "@/lib/platform/own-key";
import type { Db } from "@/lib/platform/prisma";

const howMany = 10;

/** Crockford's base32: no i, l, o and u, which are taken for others. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Makes ten new recovery codes for a user, of 50 random bits each; the old ones stop working. */
export async function renewCodes(db: Db, userId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: howMany }, newCode);
  const key = await ownKey(db, "recovery-codes");
  await db.recoveryCode.deleteMany({ where: { userId } });
  await db.recoveryCode.createMany({
    data: codes.map((code) => ({ id: newId(now), userId, codeHash: hashOf(key, userId, code), createdAt: now })),
  });
  return codes;
}

/** Whether a recovery code is right; it is used up in the same statement. */
export async function spendRecoveryCode(db: Db, userId: string, given: string, now: Date): Promise<boolean> {
  const code = readCode(given);
  if (code === undefined) return false;
  const codeHash = hashOf(await ownKey(db, "recovery-codes"), userId, code);
  const { count } = await db.recoveryCode.updateMany({
    where: { userId, codeHash, usedAt: null },
    data: { usedAt: now },
  });
  return count === 1;
}

function newCode(): string {
  const letters = [...randomBytes(10)].map((byte) => alphabet[byte % 32]).join("");
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** A code as it was made, whatever case, dashes and spaces somebody typed; undefined when it is none. */
export function readCode(given: string): string | undefined {
  const letters = given
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(letters) ? `${letters.slice(0, 5)}-${letters.slice(5)}` : undefined;
}

function hashOf(key: string, userId: string, code: string): string {
  return createHmac("sha256", key).update(`${userId} ${code}`).digest("hex");
}
