import { AppError } from "@/lib/kernel/errors";
import { endOfRows, FirstLine, longestEnd } from "./import-rows-end";
import { StatementReader } from "./import-statements";

/** What a script consists of, with the line (from 1) on which it begins. The rows have to be read before what follows. */
export type Part =
  | { kind: "statement"; text: string; line: number }
  | { kind: "rows"; text: string; line: number; rows: AsyncGenerator<Buffer, void, undefined> };

/** A statement, or a line outside of rows, may have so many bytes. Rows may be of any size. */
const longest = 16 * 1024 * 1024;

const copiesRows = /^copy\b[\s\S]*\bfrom\s+stdin\b/i;
/** What psql is told in exports, and in what pg_dump writes. */
const harmless = /^\\(?:set ON_ERROR_STOP on|restrict [A-Za-z0-9]+|unrestrict [A-Za-z0-9]+)\s*$/;

/** A fault of the file itself, in words that quote nothing of it. */
export function faultAt(line: number, words: string): AppError {
  return new AppError("conflict", `Line ${line} of the file: ${words}`, { reason: "import_refused" });
}

/** The statements and rows of a script for psql, in their order. Nobody holds more of it than one statement. */
export async function* readScript(chunks: AsyncIterable<Buffer>): AsyncGenerator<Part, void, undefined> {
  const bytes = new Bytes(chunks);
  const reader = new StatementReader(longest);
  for (let line = await bytes.line(); line !== null; line = await bytes.line()) {
    const at = bytes.at;
    const text = decoded(line, at);
    if (reader.isIdle && text.trimStart().startsWith("\\")) {
      if (!harmless.test(text)) throw faultAt(at, "only psql can follow this command.");
      continue;
    }
    const ended = [...reader.feed(text, at)];
    for (const [index, statement] of ended.entries()) {
      const last = index === ended.length - 1 && reader.isIdle;
      if (!copiesRows.test(statement.text)) yield { kind: "statement", ...statement };
      else if (!last) throw faultAt(at, "rows begin on a line of their own.");
      else yield { kind: "rows", ...statement, rows: bytes.rows(at) };
    }
  }
  if (!reader.isIdle) throw faultAt(reader.begunAt, "the file ends within what begins here.");
}

// A mark of the order of bytes is one at the file's begin only; elsewhere it is a character like others.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const mark = "\ufeff";

function decoded(line: Buffer, at: number): string {
  if (line.includes(0)) throw faultAt(at, "it holds a NUL, which no text in PostgreSQL can.");
  try {
    const text = utf8.decode(line);
    return at === 1 && text.startsWith(mark) ? text.slice(mark.length) : text;
  } catch {
    throw faultAt(at, "this is not UTF-8.");
  }
}

const newline = 10;

/** Bytes as lines, or as the rows up to the line that ends them. */
class Bytes {
  /** The number of the line that was read last. */
  at = 0;
  #held: Buffer = Buffer.alloc(0);
  readonly #source: AsyncIterator<Buffer>;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** The next line, without what ends it; null at the end. */
  async line(): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let size = 0;
    for (;;) {
      const stop = this.#held.indexOf(newline);
      const part = stop < 0 ? this.#held : this.#held.subarray(0, stop);
      parts.push(part);
      size += part.length;
      if (size > longest) throw faultAt(this.at + 1, "it is longer than 16 MiB.");
      if (stop >= 0) {
        this.#held = this.#held.subarray(stop + 1);
        break;
      }
      if (await this.#next()) continue;
      if (size === 0) return null;
      break;
    }
    this.at++;
    return parts.length === 1 ? (parts[0] ?? null) : Buffer.concat(parts);
  }

  /** The rows that begin after this line, up to the line "\." that ends them. */
  async *rows(begunAt: number): AsyncGenerator<Buffer, void, undefined> {
    // As if a line had just ended: rows may end before there is one.
    let held = Buffer.concat([Buffer.of(newline), this.#held]);
    const firstLine = new FirstLine();
    let first = true;
    for (let more = true; ; ) {
      const stop = endOfRows(held, !more);
      const ready = stop ? stop.at + 1 : Math.max(0, held.length - longestEnd + 1);
      if (ready > 0) {
        const rows = held.subarray(first ? 1 : 0, ready);
        first = false;
        if (firstLine.endsOddly(rows)) throw faultAt(begunAt, "the rows that begin here do not end with newlines.");
        this.at += countLines(rows);
        if (rows.length > 0) yield rows;
      }
      if (stop) {
        this.#held = held.subarray(stop.next);
        this.at++;
        return;
      }
      if (!more) throw faultAt(begunAt, "the file ends within the rows that begin here.");
      held = held.subarray(ready);
      more = await this.#next();
      held = Buffer.concat([held, this.#held]);
    }
  }

  /** Holds the next chunk alone; nothing at the end, which is told by false. */
  async #next(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    this.#held = done ? Buffer.alloc(0) : value;
    return !done;
  }
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) lines++;
  return lines;
}
