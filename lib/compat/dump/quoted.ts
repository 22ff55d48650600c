import type { Dialect } from "./dialect";
import { fill, peek, type Scan, skipLine, type Window } from "./window";

const code = (text: string) => text.charCodeAt(0);
const [quote, double, backtick, backslash, dollar] = [code("'"), code('"'), code("`"), code("\\"), code("$")];
const [dash, hash, slash, star, bang, semicolon] = [code("-"), code("#"), code("/"), code("*"), code("!"), code(";")];

/** Bytes at which something other than plain code may begin, or a statement ends. */
const special = new Uint8Array(256);
for (const byte of [quote, double, backtick, dollar, dash, hash, slash, semicolon]) special[byte] = 1;

const cut = "The dump is cut off: it ends in the middle of";

/** Goes to behind the statement's end; false when the dump ended before it. */
export function* skipStatement(window: Window, dialect: Dialect): Scan<boolean> {
  for (;;) {
    const { chunk } = window;
    let at = window.at;
    while (at < chunk.length && special[chunk[at] ?? 0] === 0) at++;
    window.at = at;
    if (at === chunk.length) {
      if (!(yield* fill(window))) return false;
    } else if (chunk[at] === semicolon) {
      window.at = at + 1;
      return true;
    } else if (!(yield* skipApart(window, dialect))) window.at++;
  }
}

/** Goes behind a text, a quoted name or a comment that begins here; false where none does. */
function* skipApart(window: Window, dialect: Dialect): Scan<boolean> {
  const byte = yield* peek(window);
  const mysql = dialect.kind === "mysql";
  if (byte === quote) {
    const escapes = mysql ? dialect.backslash : isEscaping(window);
    window.at++;
    yield* skipTo(window, quote, escapes);
  } else if (byte === double || (byte === backtick && mysql)) {
    window.at++;
    yield* skipTo(window, byte, byte === double && !dialect.doubleIsName && dialect.backslash);
  } else if (byte === dollar && !mysql) return yield* skipDollars(window);
  else return yield* skipComment(window, dialect);
  return true;
}

/** PostgreSQL's E'…': only there a backslash escapes. */
export function isEscaping(window: Window): boolean {
  return window.last === code("E") || window.last === code("e");
}

/** To behind a closing quote. One that is doubled ends a text and begins the next, which is just as well here. */
function* skipTo(window: Window, end: number, escapes: boolean): Scan<void> {
  for (;;) {
    const { chunk } = window;
    let at = window.at;
    if (escapes) while (at < chunk.length && chunk[at] !== end && chunk[at] !== backslash) at++;
    else at = indexFrom(chunk, end, at);
    const escaped = at < chunk.length && chunk[at] !== end;
    window.at = Math.min(at + 1, chunk.length);
    if (at < chunk.length && !escaped) return;
    if (!(yield* fill(window))) throw window.wrong(`${cut} a text.`);
    // The byte behind a backslash, whatever it is.
    if (escaped) window.at++;
  }
}

function indexFrom(chunk: Uint8Array, byte: number, from: number): number {
  const found = chunk.indexOf(byte, from);
  return found === -1 ? chunk.length : found;
}

/** Goes behind a comment that begins here; of MySQL's conditional ones only behind the opening, since they hold code. */
export function* skipComment(window: Window, { kind }: Dialect): Scan<boolean> {
  const byte = yield* peek(window);
  if (byte === hash && kind === "mysql") return yield* ended(skipLine(window));
  if (byte !== dash && byte !== slash) return false;
  const { last } = window;
  window.at++;
  const next = yield* peek(window);
  if (byte === dash && next === dash) return yield* ended(skipLine(window));
  if (byte === slash && next === star) {
    window.at++;
    yield* skipBlock(window, kind);
    return true;
  }
  // The end of a conditional comment.
  if (byte === slash && last === star && kind === "mysql") return true;
  window.at--;
  return false;
}

function* ended(line: Scan<boolean>): Scan<boolean> {
  yield* line;
  return true;
}

function* skipBlock(window: Window, kind: Dialect["kind"]): Scan<void> {
  if (kind === "mysql" && (yield* peek(window)) === bang) {
    window.at++;
    while (isDigit(yield* peek(window))) window.at++;
    return;
  }
  let depth = 1;
  let last = 0;
  while (depth > 0) {
    const byte = yield* peek(window);
    if (byte === -1) throw window.wrong(`${cut} a comment.`);
    window.at++;
    const [closes, opens] = [last === star && byte === slash, last === slash && byte === star && kind === "postgres"];
    if (closes) depth--;
    else if (opens) depth++;
    last = closes || opens ? 0 : byte;
  }
}

const isDigit = (byte: number) => byte >= 48 && byte <= 57;
const isNamePart = (byte: number) =>
  isDigit(byte) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95 || byte >= 128;

/** $tag$ … $tag$, PostgreSQL's way to write a function's body. */
function* skipDollars(window: Window): Scan<boolean> {
  const insideName = isNamePart(window.last);
  window.at++;
  if (insideName) return true;
  const tag: number[] = [dollar];
  for (;;) {
    const byte = yield* peek(window);
    if (byte !== dollar && !isNamePart(byte)) return true;
    window.at++;
    tag.push(byte);
    if (byte === dollar) break;
  }
  let matched = 0;
  while (matched < tag.length) {
    const byte = yield* peek(window);
    if (byte === -1) throw window.wrong(`${cut} a function's body.`);
    window.at++;
    // A tag has its only dollars at its two ends: what failed to match can only begin anew with a dollar.
    matched = byte === tag[matched] ? matched + 1 : byte === dollar ? 1 : 0;
  }
  return true;
}
