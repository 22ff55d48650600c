import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import { createReadStream } from "node:fs";
import { z } from "zod";
import { fingerprintOf, formatName, formatVersion, signedText } from "./export-format";

/** What an export is worth: whether it is whole and signed, by which key, and of what it is. */
export type ExportCheck = {
  valid: boolean;
  /** Why it is not valid, in words. */
  problem: string | null;
  rows: number;
  /** Of the key that verified it. */
  fingerprint: string | null;
  /** Whether that key was given by who checks; otherwise it came with the file, and proves only that it is whole. */
  keyGiven: boolean;
  madeAt: string | null;
  madeBy: string | null;
};

/** No line of an export is longer: a file without line ends is not one. */
const longestLine = 16 * 1024 * 1024;

const headShape = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  madeAt: z.string(),
  madeBy: z.string(),
  publicKey: z.string(),
});
const lastShape = z.strictObject({ signature: z.string(), sha256: z.string(), rows: z.int() });

type Parts = { head: Buffer; last: Buffer; lines: number; sha256: string };

/**
 * Checks an export of the audit trail, a file's path or its bytes, with Node's crypto alone. Without `publicKey` (PEM)
 * it trusts the key inside the file.
 */
export async function verifyExport(from: string | AsyncIterable<Uint8Array>, publicKey?: string): Promise<ExportCheck> {
  const check = { valid: false, rows: 0, fingerprint: null, keyGiven: publicKey !== undefined };
  const none = { madeAt: null, madeBy: null };
  const parts = await readParts(typeof from === "string" ? createReadStream(from) : from);
  if (typeof parts === "string") return { ...check, ...none, problem: parts };
  const head = headShape.safeParse(parsed(parts.head));
  if (!head.success) return { ...check, ...none, problem: "The first line is not the header of an export." };
  const { madeAt, madeBy } = head.data;
  const key = readKey(publicKey ?? head.data.publicKey);
  const problem = key ? problemOf(parts, key) : "The public key is not an Ed25519 key in PEM.";
  const rows = Math.max(0, parts.lines - 1);
  return { ...check, valid: !problem, problem: problem ?? null, rows, madeAt, madeBy, fingerprint: key?.print ?? null };
}

/** Cuts the bytes into the first line, the last, and the hash of all before the last; a text says why it can't. */
async function readParts(bytes: AsyncIterable<Uint8Array>): Promise<Parts | string> {
  const hash = createHash("sha256");
  let [head, last, rest]: [Buffer | undefined, Buffer | undefined, Buffer] = [undefined, undefined, Buffer.alloc(0)];
  let lines = 0;
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (last) hash.update(last);
      if (last) lines++;
      last = rest.subarray(0, end + 1);
      head ??= last;
      rest = rest.subarray(end + 1);
    }
    if (rest.length > longestLine) return "This is not an export: it has a line without an end.";
  }
  if (rest.length > 0) return "The file was cut off, or something was added: its last line has no end.";
  if (!head || !last || lines === 0) return "This is not an export: it has no header and signature.";
  return { head, last, lines, sha256: hash.digest("hex") };
}

type Key = { key: KeyObject; print: string };

function readKey(pem: string): Key | undefined {
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType !== "ed25519") return undefined;
    return { key, print: fingerprintOf(key) };
  } catch {
    return undefined;
  }
}

function problemOf({ last, lines, sha256 }: Parts, { key }: Key): string | undefined {
  const end = lastShape.safeParse(parsed(last));
  if (!end.success) return "The last line is not a signature: the end was cut off, or something was added.";
  const { signature, rows } = end.data;
  const bytes = Buffer.from(signature, "base64");
  const exact = `${JSON.stringify({ signature: bytes.toString("base64"), sha256: end.data.sha256, rows })}\n`;
  if (exact !== last.toString("latin1")) return "The last line was changed.";
  if (end.data.sha256 !== sha256) return "The content is not what was signed: something was changed, added or removed.";
  if (rows !== lines - 1) return `It holds ${lines - 1} rows, but ${rows} were signed.`;
  if (verify(null, Buffer.from(signedText(sha256, rows)), key, bytes)) return undefined;
  return "The signature is not of this key: the file was signed anew by somebody else, or this is another's key.";
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString("utf8"));
  } catch {
    return undefined;
  }
}
