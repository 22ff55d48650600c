import { createHash, type KeyObject } from "node:crypto";

export const formatName = "tenantry-audit-export";
export const formatVersion = 1;

/** What an export's signature is made over. */
export function signedText(sha256: string, rows: number): string {
  return `${formatName}/${formatVersion}\n${sha256}\n${rows}`;
}

/** SHA-256 of a public key (SPKI, DER), in hexadecimal. */
export function fingerprintOf(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}
