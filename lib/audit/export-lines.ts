import { createHash, sign } from "node:crypto";
import type { AuditRowView } from "./contract";
import { formatName, formatVersion, signedText } from "./export-format";
import type { Signer } from "./signer";

/** What the header of an export tells of it. */
export type Made = { filter: unknown; madeAt: string; madeBy: string };

/** An export as JSON lines: a header, the rows, and the signature over all bytes before. Holds one batch of rows. */
export async function* signedLines(
  made: Made,
  batches: AsyncIterable<AuditRowView[]>,
  { privateKey, publicKey, fingerprint }: Signer,
): AsyncGenerator<string, void, undefined> {
  const hash = createHash("sha256");
  const hashed = (text: string): string => {
    hash.update(text);
    return text;
  };
  const head = { product: "Tenantry", format: formatName, version: formatVersion, ...made, publicKey, fingerprint };
  yield hashed(`${JSON.stringify(head)}\n`);
  let rows = 0;
  for await (const batch of batches) {
    rows += batch.length;
    yield hashed(batch.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  const sha256 = hash.digest("hex");
  const signature = sign(null, Buffer.from(signedText(sha256, rows)), privateKey).toString("base64");
  yield `${JSON.stringify({ signature, sha256, rows })}\n`;
}
