import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

/** SHA-256 in hexadecimal. */
export function sha256(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("hex");
}

/** 256 random bits, base64url: a token that can't be guessed. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A key for one purpose, derived from the secret key with HKDF-SHA-256 (RFC 5869). */
export function derivedKey(purpose: string): string {
  const key = Buffer.from(env().TENANTRY_SECRET_KEY, "base64");
  return Buffer.from(hkdfSync("sha256", key, "", purpose, 32)).toString("base64url");
}
