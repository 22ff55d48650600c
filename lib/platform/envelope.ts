import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** What kind of key sealed an envelope: `v1` a master key, `v2` a data key; `w1` is a data key under a master. */
export type EnvelopeKind = "v1" | "v2" | "w1";

export type Envelope = { kind: EnvelopeKind; keyId: string; nonce: Buffer; tag: Buffer; body: Buffer };

/**
 * Encrypts with AES-256-GCM under a fresh 96-bit nonce (NIST SP 800-38D) into `<kind>.<key id>.<nonce>.<tag>.<body>`,
 * the last three in base64url. `context` is authenticated: an envelope copied to another row does not open there.
 */
export function encrypt(
  kind: EnvelopeKind,
  key: { id: string; bytes: Buffer },
  plain: Buffer,
  context: string,
): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key.bytes, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [kind, key.id, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString("base64url"))].join(".");
}

/** Takes an envelope apart; throws when it is none. */
export function readEnvelope(text: string): Envelope {
  const [kind, keyId, nonce, tag, body, ...more] = text.split(".");
  if (!isKind(kind) || !keyId || more.length > 0) throw new Error("This is not a sealed secret.");
  const parts = { nonce: exact(nonce), tag: exact(tag), body: exact(body) };
  // A shorter tag would be accepted by the cipher, and is easier to forge.
  if (parts.nonce.length !== nonceBytes || parts.tag.length !== tagBytes) {
    throw new Error("A sealed secret was cut or altered.");
  }
  return { kind, keyId, ...parts };
}

/** Decrypts an envelope with the key and context that made it; throws when anything of it was altered. */
export function decrypt({ nonce, tag, body }: Envelope, key: Buffer, context: string): Buffer {
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (cause) {
    throw new Error("A sealed secret does not open: it was altered, or belongs to something else.", { cause });
  }
}

function isKind(kind: string | undefined): kind is EnvelopeKind {
  return kind === "v1" || kind === "v2" || kind === "w1";
}

/** Only the one spelling that `encrypt` writes: base64url has others that stand for the same bytes. */
function exact(part: string | undefined): Buffer {
  const bytes = Buffer.from(part ?? "", "base64url");
  if (part === undefined || bytes.toString("base64url") !== part)
    throw new Error("A sealed secret was cut or altered.");
  return bytes;
}
