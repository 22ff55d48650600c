import type { Dialect } from "./dialect";
import { peek, type Scan, type Window } from "./window";

const bytesOf = (text: string) => Buffer.from(text, "latin1");

/** What a letter behind a backslash means, where it is not itself. */
const letters = {
  mysql: { "0": "\0", b: "\b", n: "\n", r: "\r", t: "\t", Z: "\x1a", "%": "\\%", _: "\\_" },
  postgres: { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" },
} as const satisfies Record<Dialect["kind"], Record<string, string>>;

/** Reads what is behind a backslash, and says which bytes it means. */
export function* escaped(window: Window, kind: Dialect["kind"]): Scan<Uint8Array> {
  const byte = yield* peek(window);
  if (byte === -1) throw window.wrong("The dump is cut off: it ends in the middle of a text.");
  window.at++;
  const letter = String.fromCharCode(byte);
  if (kind === "postgres") {
    if (/[0-7]/.test(letter)) return Uint8Array.of(Number.parseInt(yield* digits(window, letter, /[0-7]/, 3), 8) & 255);
    if (letter === "x") {
      const hex = yield* digits(window, "", /[0-9a-f]/i, 2);
      return hex === "" ? bytesOf("x") : Uint8Array.of(Number.parseInt(hex, 16));
    }
    const point = letter === "u" ? 4 : letter === "U" ? 8 : 0;
    if (point > 0) return codePoint(window, yield* digits(window, "", /[0-9a-f]/i, point));
  }
  const meant: Record<string, string> = letters[kind];
  return Object.hasOwn(meant, letter) ? bytesOf(meant[letter] ?? "") : Uint8Array.of(byte);
}

function codePoint(window: Window, hex: string): Uint8Array {
  const point = Number.parseInt(hex, 16);
  if (Number.isNaN(point) || point > 0x10ffff) throw window.wrong("An escape in a text names no character.");
  return Buffer.from(String.fromCodePoint(point));
}

function* digits(window: Window, first: string, fits: RegExp, most: number): Scan<string> {
  let text = first;
  while (text.length < most) {
    const byte = yield* peek(window);
    if (byte === -1 || !fits.test(String.fromCharCode(byte))) return text;
    window.at++;
    text += String.fromCharCode(byte);
  }
  return text;
}
