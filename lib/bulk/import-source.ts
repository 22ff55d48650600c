import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/kernel/errors";
import { env } from "@/lib/platform/env";
import { controlDb } from "@/lib/platform/prisma";
import { exportName, exportPath, exportSize } from "./export-file";
import { gone } from "./find-file";
import { uploadPath } from "./upload-file";

/** Which file is imported: an item's export, or one that was uploaded. */
export type Source = { run?: string | undefined; position: number; upload?: string | undefined };

/** Where the file lies. Throws `conflict` when it is gone. */
export async function sourcePath({ run, position, upload }: Source): Promise<string> {
  if (upload !== undefined) {
    const path = await uploadPath(upload);
    if (path) return path;
    throw new AppError("conflict", "The uploaded file is gone: it is kept for a day. Upload it again.");
  }
  const item = await controlDb().bulkItem.findUnique({
    where: { runId_position: { runId: run ?? "", position } },
    select: { slug: true },
  });
  const name = item && exportName(item.slug, position);
  if (!run || !name || (await exportSize(run, name)) === null) throw new AppError("conflict", gone());
  return exportPath(run, name);
}

/** A file's bytes, unpacked where it is packed. Throws `conflict` where they are more than IMPORT_MAX_UNPACKED_MB allows. */
export async function* unpacked(path: string, signal?: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  const packed = await isPacked(path);
  const file = createReadStream(path, { highWaterMark: 256 * 1024, ...(signal && { signal }) });
  const stream = packed ? file.pipe(createGunzip({ chunkSize: 256 * 1024 })) : file;
  // pipe() tells the one nothing of the other's end.
  if (packed) file.on("error", (error) => stream.destroy(error));
  const most = env().IMPORT_MAX_UNPACKED_MB * 1024 * 1024;
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > most) throw tooMuch();
      yield chunk;
    }
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && /^Z_/.test(String(cause.code)))) throw cause;
    throw new AppError("conflict", "The file is damaged, or its end is missing: it can't be unpacked.", { cause });
  } finally {
    file.destroy();
    stream.destroy();
  }
}

function tooMuch(): AppError {
  const words = `Unpacked, the file is larger than the ${env().IMPORT_MAX_UNPACKED_MB} MiB that IMPORT_MAX_UNPACKED_MB allows.`;
  const advice = "Nothing was imported. Raise that setting, or import less.";
  return new AppError("conflict", `${words} ${advice}`, { reason: "too_large" });
}

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** Where the newest migration is named, if it is: in the first lines. */
const mark = /^-- Migrations: \d+, the newest (\S{1,255})$/m;

/** The newest migration of the database that an export is of; undefined for a file that does not say so. */
export async function migrationOf(path: string): Promise<string | undefined> {
  for await (const chunk of unpacked(path)) return mark.exec(chunk.subarray(0, 8192).toString("utf8"))?.[1];
  return undefined;
}
