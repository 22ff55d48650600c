import { accessSync, constants, createReadStream, createWriteStream, existsSync, readFileSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/lib/kernel/errors";
import type { Download } from "./calls";
import type { Cli } from "./command";
import { printableLines } from "./width";

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

/**
 * Writes what arrives to a new file, which only its owner can read, or to standard output. It is asked for by `begin`
 * only once the file can be made: nobody waits for what then has no place. Half a file is removed.
 */
export async function writeFile(
  cli: Pick<Cli, "cwd" | "out" | "signal">,
  file: string | undefined,
  what: string,
  begin: () => Promise<Download>,
): Promise<void> {
  if (file === undefined) return await toOutput((await begin()).chunks);
  const path = pathIn(cli, file);
  checkPlace(path, file);
  const { chunks } = await begin();
  try {
    await pipeline(Readable.from(chunks), createWriteStream(path, { flags: "wx", mode: 0o600 }), {
      signal: cli.signal,
    });
  } catch (cause) {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    if (exists) throw taken(file);
    rmSync(path, { force: true });
    throw cause;
  }
  cli.out.note(`${what} is in ${file}.`);
}

/** A terminal gets a text without what would move its cursor or its colours; all else gets what arrives as it is. */
async function toOutput(chunks: Download["chunks"]): Promise<void> {
  if (!process.stdout.isTTY) return await pipeline(Readable.from(chunks), process.stdout, { end: false });
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    process.stdout.write(printableLines(text.replaceAll("\r\n", "\n")));
  }
}

function checkPlace(path: string, file: string): void {
  if (existsSync(path)) throw taken(file);
  try {
    accessSync(dirname(path), constants.W_OK);
  } catch (cause) {
    const why = cause instanceof Error && "code" in cause ? cause.code : cause;
    throw new AppError("not_found", `The file ${file} can't be made: its folder can't be written to (${why}).`, {
      cause,
    });
  }
}

const taken = (file: string) => new AppError("conflict", `The file ${file} exists already. Name a new one.`);
