import { AppError } from "@/lib/kernel/errors";

/** A reader that may stop in the middle to ask for more bytes, by yielding; it goes on once they were given. */
export type Scan<T> = Generator<void, T, void>;

/** The part of a dump that is in memory: what came before is forgotten, so that a dump of any size needs no more. */
export class Window {
  chunk: Uint8Array = new Uint8Array(0);
  at = 0;
  ended = false;
  /** The last byte of what was forgotten. */
  before = 0;
  private forgotten = 0;

  /** The next chunk, or null when there is none. */
  give(chunk: Uint8Array | null): void {
    if (chunk === null) {
      this.ended = true;
      return;
    }
    this.forgotten += this.chunk.length;
    this.before = this.chunk.at(-1) ?? this.before;
    this.chunk = chunk;
    this.at = 0;
  }

  /** How many bytes were read. */
  get position(): number {
    return this.forgotten + this.at;
  }

  /** The byte before the next one; 0 at the beginning. */
  get last(): number {
    return (this.at > 0 ? this.chunk[this.at - 1] : this.before) ?? 0;
  }

  /** What is wrong with the dump, and where. */
  wrong(words: string): AppError {
    return new AppError("invalid", `${words} (at byte ${this.position} of the dump)`);
  }
}

/** Makes sure that a byte is there; false at the end. */
export function* fill(window: Window): Scan<boolean> {
  while (window.at >= window.chunk.length) {
    if (window.ended) return false;
    yield;
  }
  return true;
}

/** The next byte, which stays; -1 at the end. */
export function* peek(window: Window): Scan<number> {
  return (yield* fill(window)) ? (window.chunk[window.at] ?? -1) : -1;
}

/** Goes to behind the end of the line; false when the dump ended before. */
export function* skipLine(window: Window): Scan<boolean> {
  for (;;) {
    const end = window.chunk.indexOf(10, window.at);
    window.at = end === -1 ? window.chunk.length : end + 1;
    if (end !== -1) return true;
    if (!(yield* fill(window))) return false;
  }
}

/** The rest of the line, without its end. */
export function* readLine(window: Window): Scan<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const end = window.chunk.indexOf(10, window.at);
    const part = window.chunk.subarray(window.at, end === -1 ? undefined : end);
    size += part.length;
    if (size > largestValue) throw window.wrong(tooLarge);
    parts.push(part);
    window.at = end === -1 ? window.chunk.length : end + 1;
    if (end !== -1 || !(yield* fill(window))) return Buffer.concat(parts);
  }
}

/** How many bytes of one value (of a row, where it is a line of COPY) are taken into memory. */
export const largestValue = 16 * 1024 * 1024;

export const tooLarge = "A value in a table that is read is larger than 16 MiB, which no registry's is.";
