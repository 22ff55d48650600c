import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, open, readdir, rename, unlink, utimes } from "node:fs/promises";
import { join, resolve } from "node:path";
import { actorId, type Ctx } from "@/lib/gate/context";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { explainDisk } from "@/lib/platform/whole-file";

/** How long an uploaded file is kept, from when it came or was last planned with, in milliseconds. */
export const uploadLivesMs = 86_400_000;

/** A file goes by what it holds and by who sent it: nobody else can import it. */
const fileName = /^[0-9a-f]{64}-(?:host|[0-9a-f-]{36})$/;
const partName = /^\.part-[0-9a-f-]{36}$/;

const folder = () => join(resolve(env().EXPORT_DIR), "uploads");
const nameOf = (sha256: string, owner: string | null) => `${sha256}-${owner ?? "host"}`;

/** What was received: the SHA-256 of its bytes, by which it is named, and how many they are. */
export type Received = { sha256: string; bytes: number };

/** The largest file that is taken, in bytes. */
const mostBytes = (): number => env().IMPORT_MAX_MB * 1024 * 1024;

/**
 * Writes what is sent to the disk while it comes. It has its name only when all of it is there. The same sent again by
 * the same is the same file.
 */
export async function receive(chunks: AsyncIterable<Uint8Array>, owner: string | null): Promise<Received> {
  await mkdir(folder(), { recursive: true, mode: 0o700 }).catch((error) => explainDisk(error, "EXPORT_DIR"));
  const part = join(folder(), `.part-${randomUUID()}`);
  try {
    const received = await write(part, chunks);
    await rename(part, join(folder(), nameOf(received.sha256, owner)));
    return received;
  } catch (error) {
    await unlink(part).catch(() => undefined);
    return explainDisk(error, "EXPORT_DIR");
  }
}

async function write(part: string, chunks: AsyncIterable<Uint8Array>): Promise<Received> {
  const [hash, most] = [createHash("sha256"), mostBytes()];
  let bytes = 0;
  const file = await open(part, "wx", 0o600);
  try {
    for await (const chunk of chunks) {
      bytes += chunk.byteLength;
      if (bytes > most) throw tooLarge();
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    if (bytes === 0) throw new AppError("invalid", "The body is empty: send the file as it is.");
    await file.sync();
    return { sha256: hash.digest("hex"), bytes };
  } finally {
    await file.close();
  }
}

/** Takes a file that the actor sends; of one that says beforehand that it is too large nothing is read. */
export async function takeUpload(
  { actor }: Pick<Ctx, "actor">,
  body: AsyncIterable<Uint8Array>,
  length: number | null,
): Promise<Received> {
  if (length !== null && length > mostBytes()) throw tooLarge();
  return await receive(body, actorId(actor));
}

function tooLarge(): AppError {
  return new AppError("too_large", `The file is larger than ${env().IMPORT_MAX_MB} MiB, which IMPORT_MAX_MB allows.`);
}

/** Where the file lies that somebody uploaded; it is kept for another day. Undefined where there is none. */
export async function keptUpload(sha256: string, owner: string | null, now: Date): Promise<string | undefined> {
  const name = nameOf(sha256, owner);
  if (!fileName.test(name)) return undefined;
  const path = join(folder(), name);
  const there = await utimes(path, now, now).then(
    () => true,
    () => false,
  );
  return there ? path : undefined;
}

/** Where a file with these contents lies, whoever sent it: who planned an import with it was asked then. */
export async function uploadPath(sha256: string): Promise<string | undefined> {
  const names = await readdir(folder()).catch(() => []);
  const name = names.find((one) => fileName.test(one) && one.startsWith(`${sha256}-`));
  return name === undefined ? undefined : join(folder(), name);
}

/** Removes what was uploaded more than a day ago, and parts of what never arrived. */
export async function removeOldUploads(now: Date): Promise<void> {
  for (const name of await readdir(folder()).catch(() => [])) {
    if (!fileName.test(name) && !partName.test(name)) continue;
    const path = join(folder(), name);
    const stats = await lstat(path).catch(() => null);
    if (stats && stats.mtimeMs < now.getTime() - uploadLivesMs) await unlink(path).catch(() => undefined);
  }
}
