import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const schema = z.object({
  /** The master key: 32 bytes in base64. */
  secretKey: z.string().refine((key) => Buffer.from(key, "base64").length === 32),
  /** Former master keys that still open what they wrapped, the newest first. */
  oldSecretKeys: z.array(z.string()).default([]),
  /** The password of the embedded PostgreSQL's administrator. */
  postgresPassword: z.string().min(1),
});

/** The secrets made on the first start: without them the data can't be read, so they live beside it. */
export type KeptSecrets = z.infer<typeof schema>;

/** Where the secrets are kept in a data folder. */
export const secretsFile = (folder: string): string => join(folder, "secrets.json");

/** The secrets kept in a data folder; undefined before the first start. Throws in words when the file can't be used. */
export function readSecrets(folder: string): KeptSecrets | undefined {
  const file = secretsFile(folder);
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  if (text.trim() === "") throw unusable(file, "is empty");
  const result = schema.safeParse(parsed(file, text));
  if (result.success) return result.data;
  const names = [...new Set(result.error.issues.map((issue) => issue.path[0] ?? "its content"))].join(", ");
  throw unusable(file, `lacks something, or holds it in another form (${names})`);
}

/** New random secrets for a first start. */
export function newSecrets(): KeptSecrets {
  return { secretKey: newMasterKey(), oldSecretKeys: [], postgresPassword: randomBytes(24).toString("hex") };
}

/** A new random master key: 32 bytes in base64. */
export function newMasterKey(): string {
  return randomBytes(32).toString("base64");
}

/** Writes the secrets so that a cut leaves the old file or the new one, readable by its owner only. */
export function writeSecrets(folder: string, secrets: KeptSecrets): void {
  const file = secretsFile(folder);
  const draft = `${file}.${process.pid}.new`;
  rmSync(draft, { force: true });
  const handle = openSync(draft, "wx", 0o600);
  try {
    writeSync(handle, `${JSON.stringify(secrets, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(file, "is not JSON (it was cut or edited)");
  }
}

function unusable(file: string, why: string): Error {
  return new Error(
    `${file} ${why}. It holds the keys of the stored secrets and the embedded database's password: put it back from a backup. Only if this installation holds nothing you need, remove its data folder and start anew.`,
  );
}
