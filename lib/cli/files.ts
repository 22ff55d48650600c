import { accessSync, constants, createReadStream, createWriteStream, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/kernel/errors";
import type { Download } from "./calls";
import type { Cli } from "./command";

/** A file's whole path: names are relative to the folder that the caller is in. */
export const pathIn = ({ cwd }: Pick<Cli, "cwd">, file: string): string => resolve(cwd, file);

/** The text of a file that was named on the command line; `-` is standard input. */
export function readFile(cli: Pick<Cli, "cwd">, file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : pathIn(cli, file), "utf8");
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** A file's bytes, read while they are taken; `-` is standard input. Throws at once where there is no such file. */
export function chunksOf(cli: Pick<Cli, "cwd">, file: string): AsyncIterable<Uint8Array> {
  if (file === "-") return process.stdin;
  try {
    accessSync(pathIn(cli, file), constants.R_OK);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  return createReadStream(pathIn(cli, file));
}

function unreadable(file: string, cause: unknown): AppError {
  const why = cause instanceof Error && "code" in cause ? cause.code : cause;
  return new AppError("not_found", `The file ${file} can't be read (${why}).`, { cause });
}

/** Writes what arrives to a new file, which only its owner can read, or to standard output. Half a file is removed. */
export async function writeFile(
  cli: Pick<Cli, "cwd" | "out" | "signal">,
  chunks: Download["chunks"],
  file: string | undefined,
  what: string,
): Promise<void> {
  if (file === undefined) return await pipeline(Readable.from(chunks), process.stdout, { end: false });
  const path = pathIn(cli, file);
  try {
    await pipeline(Readable.from(chunks), createWriteStream(path, { flags: "wx", mode: 0o600 }), {
      signal: cli.signal,
    });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    if (exists) throw new AppError("conflict", `The file ${file} exists already. Name a new one.`, { cause });
    rmSync(path, { force: true });
    throw cause;
  }
  cli.out.note(`${what} is in ${file}.`);
}
