import { randomUUID } from "node:crypto";
import type { Dirent } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rmdir, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";

const fileName = /^[a-z0-9-]{1,80}\.sql\.gz$/;
const partName = /^\.[a-z0-9-]{1,80}\.sql\.gz\.[0-9a-f-]{36}$/;
const runName = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const dayMs = 86_400_000;
const root = () => resolve(env().EXPORT_DIR);

/** The name of an item's file. Nothing of it is anybody's free text. */
export function exportName(slug: string, position: number): string {
  return `${slug.replace(/[^a-z0-9-]/g, "-").slice(0, 60)}-${position}.sql.gz`;
}

/** Where a file of a run lies. Throws for what is neither a run's id nor a name that `exportName` makes. */
export function exportPath(runId: string, name: string): string {
  if (!runName.test(runId) || !fileName.test(name)) throw new Error(`There is no export ${runId}/${name}.`);
  return join(root(), runId, name);
}

/**
 * Writes a file of a run, compressed; returns its size. It has its name only when all of it is on the disk: whoever is
 * cut off leaves a part under another name, which the next attempt or the tidying removes.
 */
export async function writeExport(
  runId: string,
  name: string,
  chunks: AsyncIterable<string | Buffer>,
  signal: AbortSignal,
): Promise<number> {
  const path = exportPath(runId, name);
  const folder = join(root(), runId);
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(explain);
  for (const old of await readdir(folder)) if (old.startsWith(`.${name}.`)) await remove(join(folder, old));
  const part = join(folder, `.${name}.${randomUUID()}`);
  try {
    const bytes = await writePart(part, chunks, signal);
    await rename(part, path);
    await syncFolder(folder);
    return bytes;
  } catch (error) {
    await remove(part);
    return explain(error);
  }
}

/** What the host's administrator has to mend is told as it is. */
export function explain(cause: unknown): never {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const words = { ENOSPC: "the disk is full", EDQUOT: "the disk is full", EACCES: "no right to", EROFS: "read-only" }[
    code
  ];
  if (words === undefined) throw cause;
  throw new AppError("conflict", `The file can't be written to EXPORT_DIR: ${words}.`, { cause });
}

async function writePart(part: string, chunks: AsyncIterable<string | Buffer>, signal: AbortSignal): Promise<number> {
  const file = await open(part, "wx", 0o600);
  try {
    const store = async (packed: AsyncIterable<Uint8Array>) => {
      for await (const chunk of packed) await file.writeFile(chunk);
    };
    await pipeline(Readable.from(chunks), createGzip(), store, { signal });
    await file.sync();
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/** The new name itself is on the disk, too. Windows can't do this, and needs it not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

/** The size of a run's file; null when it is not there. */
export async function exportSize(runId: string, name: string): Promise<number | null> {
  const stats = await lstat(exportPath(runId, name)).catch(absent);
  return stats?.isFile() ? stats.size : null;
}

/** Removes exports that were kept for EXPORT_DAYS, and parts that nobody can be writing any more. */
export async function removeOldExports(now: Date): Promise<void> {
  const keptMs = env().EXPORT_DAYS * dayMs;
  for (const folder of await entries(root())) {
    if (!folder.isDirectory() || !runName.test(folder.name)) continue;
    const path = join(root(), folder.name);
    for (const { name } of await entries(path)) {
      if (fileName.test(name)) await removeOlder(join(path, name), now.getTime() - keptMs);
      if (partName.test(name)) await removeOlder(join(path, name), now.getTime() - Math.max(keptMs, dayMs));
    }
    if ((await entries(path)).length === 0) await rmdir(path).catch(() => undefined);
  }
}

async function removeOlder(path: string, before: number): Promise<void> {
  const stats = await lstat(path).catch(absent);
  if (stats && stats.mtimeMs < before) await remove(path);
}

async function entries(folder: string): Promise<Dirent[]> {
  return (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? [];
}

async function remove(path: string): Promise<void> {
  await unlink(path).catch(absent);
}

function absent(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
