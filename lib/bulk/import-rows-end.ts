const newline = 10;
const carriageReturn = 13;
const backslash = 92;

/** The line that ends rows, behind the newline before it. */
const end = Buffer.from("\n\\.");

/** Bytes of the longest way to write it, with the newline before it: as psql knows it, also with a carriage return. */
export const longestEnd = end.length + 2;

/**
 * Where the line that ends rows begins (the newline before it) and what follows it; undefined where it is not there, or not
 * yet to be told from a row. `last` says that nothing follows: then the file's end ends the line, too.
 */
export function endOfRows(held: Buffer, last: boolean): { at: number; next: number } | undefined {
  for (let at = held.indexOf(end); at >= 0; at = held.indexOf(end, at + 1)) {
    let next = at + end.length;
    if (held[next] === carriageReturn) next++;
    if (held[next] === newline) return { at, next: next + 1 };
    if (last && next === held.length) return { at, next };
  }
  return undefined;
}

/**
 * Looks at how the first row ends, by which PostgreSQL takes all others to end. Where it is a carriage return alone, it would
 * find another end of the rows than we do, and leave out what is between.
 */
export class FirstLine {
  #state: "within" | "escaped" | "returned" | "known" = "within";

  /** Takes the next bytes; true once it is known that the first line ends with a carriage return alone. */
  endsOddly(bytes: Buffer): boolean {
    for (const byte of bytes) {
      if (this.#state === "known") return false;
      if (this.#state === "returned") {
        this.#state = "known";
        return byte !== newline;
      }
      if (this.#state === "escaped") this.#state = "within";
      else if (byte === backslash) this.#state = "escaped";
      else if (byte === carriageReturn) this.#state = "returned";
      else if (byte === newline) this.#state = "known";
    }
    return false;
  }
}
