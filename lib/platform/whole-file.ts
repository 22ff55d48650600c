import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/kernel/errors";

/** How a part of a file is called until it is whole: with what the file's name will be, and an id of its own. */
const partOf = (name: string) => `.${name}.`;

type Chunks = AsyncIterable<string | Uint8Array>;

export type WriteOptions = {
  signal: AbortSignal;
  /** The setting that names the folder, for words about a full disk. */
  setting: string;
  /** What the chunks go through, such as a compressor. */
  through?: Transform;
};

/**
 * Writes a file for the owner's eyes alone; returns its bytes. It has its name only when all of it is on the disk:
 * whoever is cut off leaves a part under another name, which the next attempt removes. Throws `conflict` with what the
 * host's administrator has to mend.
 */
export async function writeWhole(path: string, chunks: Chunks, options: WriteOptions): Promise<number> {
  const folder = dirname(resolve(path));
  const name = resolve(path).slice(folder.length + 1);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const old of await readdir(folder)) if (old.startsWith(partOf(name))) await removeFile(join(folder, old));
  } catch (error) {
    return explainDisk(error, options.setting);
  }
  const part = join(/* turbopackIgnore: true */ folder, `${partOf(name)}${randomUUID()}`);
  try {
    const bytes = await writePart(part, chunks, options);
    await rename(part, path);
    await syncFolder(folder);
    return bytes;
  } catch (error) {
    await removeFile(part);
    return explainDisk(error, options.setting);
  }
}

async function writePart(part: string, chunks: Chunks, { signal, through }: WriteOptions): Promise<number> {
  const file = await open(part, "wx", 0o600);
  try {
    const store = async (pieces: AsyncIterable<Uint8Array | string>) => {
      for await (const piece of pieces) await file.writeFile(piece);
    };
    const source = Readable.from(chunks);
    await (through ? pipeline(source, through, store, { signal }) : pipeline(source, store, { signal }));
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

const diskWords: Record<string, string> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  EFBIG: "it is larger than the disk or a limit allows",
  EACCES: "no right to",
  EROFS: "read-only",
  ENOTDIR: "a file stands where the folder should be",
  EEXIST: "a file stands where the folder should be",
};

/** What the host's administrator has to mend is told as it is. */
export function explainDisk(cause: unknown, setting: string): never {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const words = diskWords[code];
  if (words === undefined) throw cause;
  throw new AppError("conflict", `The file can't be written to ${setting}: ${words}.`, { cause });
}

/** The new name itself is on the disk, too. Windows can't do this, and needs it not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

/** Removes a file, unless it is gone already. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch(absent);
}

/** Null for what is not there; every other failure is one. */
export function absent(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
