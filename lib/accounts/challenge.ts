import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { derivedKey, sha256 } from "@/lib/platform/crypto";
import type { Db } from "@/lib/platform/prisma";

const lifetimeMs = 5 * 60_000;
const nonceBytes = 16;
const timeBytes = 8;

/**
 * A challenge for a passkey: a nonce, when it ends, and a signature over both and its purpose. Nothing is stored until
 * it is answered, so that strangers who ask for challenges fill no table.
 */
export function newChallenge(purpose: string, now: Date): Uint8Array<ArrayBuffer> {
  const time = Buffer.alloc(timeBytes);
  time.writeBigUInt64BE(BigInt(now.getTime() + lifetimeMs));
  const head = Buffer.concat([randomBytes(nonceBytes), time]);
  return new Uint8Array([...head, ...signature(head, purpose)]);
}

/** Whether a challenge (base64url) was made here for this purpose and has not ended. */
export function isChallenge(challenge: string, purpose: string, now: Date): boolean {
  const bytes = Buffer.from(challenge, "base64url");
  const [head, given] = [bytes.subarray(0, nonceBytes + timeBytes), bytes.subarray(nonceBytes + timeBytes)];
  const right = signature(head, purpose);
  if (head.length !== nonceBytes + timeBytes || given.length !== right.length) return false;
  return timingSafeEqual(given, right) && endOf(bytes) > now.getTime();
}

/** Uses a challenge up; false when it was used before. */
export async function spendChallenge(db: Db, challenge: string): Promise<boolean> {
  const bytes = Buffer.from(challenge, "base64url");
  // Not the text: one challenge could be written in two ways.
  const row = { challengeHash: sha256(bytes.toString("hex")), expiresAt: new Date(endOf(bytes)) };
  const { count } = await db.spentChallenge.createMany({ data: row, skipDuplicates: true });
  return count === 1;
}

function endOf(bytes: Buffer): number {
  return Number(bytes.readBigUInt64BE(nonceBytes));
}

function signature(head: Buffer, purpose: string): Buffer {
  return createHmac("sha256", derivedKey("passkey-challenge")).update(head).update(purpose).digest();
}
