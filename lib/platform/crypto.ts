import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { env } from "./env";

const algorithm = "aes-256-gcm";

function key(): Buffer {
  return Buffer.from(env().TENANTRY_SECRET_KEY, "base64");
}

function keyId(): string {
  return createHash("sha256").update(key()).digest("hex").slice(0, 8);
}

/**
 * Encrypts a secret for storage with AES-256-GCM under a fresh 96-bit nonce (NIST SP 800-38D).
 * The envelope is `v1.<key id>.<nonce>.<tag>.<ciphertext>`, each part but the first two in base64url.
 * `context` is authenticated, so that an envelope copied to another row does not open there.
 */
export function seal(plain: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv(algorithm, key(), nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return ["v1", keyId(), ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString("base64url"))].join(".");
}

/** Opens an envelope made by `seal` with the same context; throws when it was altered or the key is another. */
export function unseal(envelope: string, context: string): string {
  const [version, id, nonce, tag, body] = envelope.split(".");
  if (version !== "v1" || !nonce || !tag || body === undefined) throw new Error("This is not a sealed secret.");
  if (id !== keyId()) throw new Error(`A secret was sealed with key ${id}, but TENANTRY_SECRET_KEY is key ${keyId()}.`);
  const decipher = createDecipheriv(algorithm, key(), Buffer.from(nonce, "base64url"))
    .setAAD(Buffer.from(context))
    .setAuthTag(Buffer.from(tag, "base64url"));
  return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
}

/** SHA-256 in hexadecimal. */
export function sha256(value: string): string {
  return createHash("sha256").update(value).digest("hex");
}

/** 256 random bits, base64url: a token that can't be guessed. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** A key for one purpose, derived from the secret key with HKDF-SHA-256 (RFC 5869). */
export function derivedKey(purpose: string): string {
  return Buffer.from(hkdfSync("sha256", key(), "", purpose, 32)).toString("base64url");
}
