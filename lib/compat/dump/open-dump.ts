import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "@/lib/kernel/errors";

const chunkSize = 1024 * 1024;

/** The bytes of a dump in a file, unpacked where it is gzip. Throws `invalid` for what is no dump in SQL. */
export async function* openDump(path: string, signal?: AbortSignal): AsyncGenerator<Uint8Array, void, void> {
  const file = createReadStream(path, { highWaterMark: chunkSize, ...(signal && { signal }) });
  try {
    const chunks: AsyncIterator<Buffer> = file[Symbol.asyncIterator]();
    const first = await chunks.next();
    if (first.done === true) return;
    refuseOthers(first.value);
    const packed = first.value[0] === 0x1f && first.value[1] === 0x8b;
    const all = joined(first.value, chunks);
    if (packed) yield* unpacked(all);
    else yield* all;
  } catch (error) {
    throw explained(error, path);
  } finally {
    file.destroy();
  }
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer, void, void> {
  yield first;
  for (let step = await rest.next(); step.done !== true; step = await rest.next()) yield step.value;
}

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array, void, void> {
  const gunzip = createGunzip({ chunkSize });
  // What fails on the way in ends the reading below with the same error.
  const feeding = pipeline(packed, gunzip).catch(() => undefined);
  for await (const chunk of gunzip) yield chunk as Buffer;
  await feeding;
}

const others: [beginning: string, words: string][] = [
  ["PGDMP", "This is a dump in PostgreSQL's own format. Turn it into SQL: pg_restore --file=registry.sql <dump>"],
  ["PK\u0003\u0004", "This is a ZIP archive. Unpack it first."],
  ["BZh", "This is packed by bzip2. Unpack it first."],
  ["\u00fd7zXZ", "This is packed by xz. Unpack it first."],
  ["\u0028\u00b5\u002f\u00fd", "This is packed by zstd. Unpack it first."],
  ["SQLite format 3", "This is an SQLite database, not a dump in SQL."],
];

function refuseOthers(first: Buffer): void {
  const beginning = first.toString("latin1", 0, 20);
  const words = others.find(([sign]) => beginning.startsWith(sign))?.[1];
  if (words) throw new AppError("invalid", words);
}

function explained(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return new AppError("not_found", `There is no file ${path}.`, { cause: error });
  if (code === "EACCES")
    return new AppError("forbidden", `The file ${path} can't be read by this user.`, { cause: error });
  if (code === "EISDIR")
    return new AppError("invalid", `${path} is a directory. Name the dump itself.`, { cause: error });
  if (code === "Z_BUF_ERROR")
    return new AppError("invalid", "The dump is cut off: its gzip ends early.", { cause: error });
  if (code.startsWith("Z_")) return new AppError("invalid", "The dump's gzip is damaged.", { cause: error });
  return error;
}
