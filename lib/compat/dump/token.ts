import type { Dialect } from "./dialect";
import { escaped } from "./escapes";
import { isEscaping, skipComment } from "./quoted";
import { fill, largestValue, peek, type Scan, tooLarge, type Window } from "./window";

/** A piece of a statement. A text keeps its bytes, since only its column tells what they are. */
export type Token =
  | { kind: "word" | "name" | "sign"; text: string }
  | { kind: "text"; bytes: Buffer }
  | { kind: "end" };

const code = (text: string) => text.charCodeAt(0);
const [quote, double, backtick, backslash] = [code("'"), code('"'), code("`"), code("\\")];

const isSpace = (byte: number) => byte === 32 || (byte >= 9 && byte <= 13);

/** Bytes of which words and names without quotes are made, and numbers. */
const wordBytes = new Uint8Array(256).fill(1, 128);
const numberBytes = new Uint8Array(256).fill(1, 128);
for (const letter of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$@") {
  wordBytes[code(letter)] = 1;
  numberBytes[code(letter)] = 1;
}
for (const sign of ".-+") numberBytes[code(sign)] = 1;

/** The next piece of a statement, behind spaces and comments. */
export function* readToken(window: Window, dialect: Dialect): Scan<Token> {
  for (;;) {
    const byte = yield* peek(window);
    if (byte === -1) return { kind: "end" };
    if (isSpace(byte)) window.at++;
    else if (!(yield* skipComment(window, dialect))) return yield* tokenFrom(window, dialect, byte);
  }
}

function* tokenFrom(window: Window, dialect: Dialect, byte: number): Scan<Token> {
  if (byte === quote) return { kind: "text", bytes: yield* readQuoted(window, quote, dialect.backslash, dialect.kind) };
  if (byte === backtick) return { kind: "name", text: String(yield* readQuoted(window, backtick, false)) };
  if (byte === double) {
    const bytes = yield* readQuoted(window, double, !dialect.doubleIsName && dialect.backslash, dialect.kind);
    return dialect.doubleIsName ? { kind: "name", text: String(bytes) } : { kind: "text", bytes };
  }
  const number = (byte >= code("0") && byte <= code("9")) || byte === code("-") || byte === code("+");
  if (!number && wordBytes[byte] === 0) {
    window.at++;
    return { kind: "sign", text: String.fromCharCode(byte) };
  }
  const text = yield* readWhile(window, number ? numberBytes : wordBytes);
  const next = yield* peek(window);
  if (dialect.kind === "postgres" && /^e$/i.test(text) && next === quote && isEscaping(window)) {
    return { kind: "text", bytes: yield* readQuoted(window, quote, true, "postgres") };
  }
  return { kind: "word", text };
}

function* readWhile(window: Window, fits: Uint8Array): Scan<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  do {
    const from = window.at;
    while (window.at < window.chunk.length && fits[window.chunk[window.at] ?? 0] === 1) window.at++;
    parts.push(window.chunk.subarray(from, window.at));
    size += window.at - from;
    if (size > largestValue) throw window.wrong(tooLarge);
  } while (window.at >= window.chunk.length && (yield* fill(window)));
  return Buffer.concat(parts).toString("latin1");
}

/** What stands between quotes: doubled ones are one, and escapes are what they mean. */
function* readQuoted(window: Window, end: number, escapes: boolean, kind: Dialect["kind"] = "mysql"): Scan<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  window.at++;
  for (;;) {
    const byte = yield* peek(window);
    if (byte === -1) throw window.wrong("The dump is cut off: it ends in the middle of a text.");
    const from = window.at;
    let at = from;
    const { chunk } = window;
    while (at < chunk.length && chunk[at] !== end && !(escapes && chunk[at] === backslash)) at++;
    window.at = at;
    parts.push(chunk.subarray(from, at));
    size += at - from;
    if (size > largestValue) throw window.wrong(tooLarge);
    if (at === chunk.length) continue;
    window.at++;
    if (chunk[at] === backslash && escapes) parts.push(yield* escaped(window, kind));
    else if ((yield* peek(window)) === end) {
      parts.push(Uint8Array.of(end));
      window.at++;
    } else return Buffer.concat(parts);
  }
}
