import { randomInt, timingSafeEqual } from "node:crypto";
import { randomToken, sha256 } from "@/lib/platform/crypto";

const letters = "abcdefghjkmnpqrstvwxyz0123456789";

/** A key as its holder has it: `tnt_<prefix>_<secret>`. The prefix finds it, 256 random bits prove it. */
const shape = /^tnt_([a-z0-9]{10})_([A-Za-z0-9_-]{43})$/;

/** A new key: what is shown once, and what is kept. */
export function newKey(): { key: string; prefix: string; secretHash: string } {
  const prefix = Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join("");
  const secret = randomToken();
  return { key: `tnt_${prefix}_${secret}`, prefix, secretHash: sha256(secret) };
}

/** The parts of a presented key; undefined for what can't be one. */
export function partsOf(presented: string): { prefix: string; secret: string } | undefined {
  const [, prefix, secret] = shape.exec(presented) ?? [];
  return prefix && secret ? { prefix, secret } : undefined;
}

// Compared with when there is no such key, so that unknown prefixes cost the same.
const nobodys = sha256("no key has this secret");

/** Whether a secret is the one whose hash is kept, in constant time; false when there is none. */
export function secretMatches(secret: string, kept: string | undefined): boolean {
  const given = Buffer.from(sha256(secret), "hex");
  const right = timingSafeEqual(given, Buffer.from(kept ?? nobodys, "hex"));
  return kept !== undefined && right;
}
