import type { Dirent } from "node:fs";
import { lstat, readdir, rmdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createGzip } from "node:zlib";
import { env } from "@/lib/platform/env";
import { absent, removeFile, writeWhole } from "@/lib/platform/whole-file";

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

/** Writes a file of a run, compressed; returns its size. It has its name only when all of it is on the disk. */
export async function writeExport(
  runId: string,
  name: string,
  chunks: AsyncIterable<string | Buffer>,
  signal: AbortSignal,
): Promise<number> {
  const through = createGzip();
  return await writeWhole(exportPath(runId, name), chunks, { signal, setting: "EXPORT_DIR", through });
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
  if (stats && stats.mtimeMs < before) await removeFile(path);
}

async function entries(folder: string): Promise<Dirent[]> {
  return (await readdir(folder, { withFileTypes: true }).catch(absent)) ?? [];
}
