import type { Dialect } from "./dialect";
import { readToken, type Token } from "./token";
import type { Scan, Window } from "./window";

/** A value as the dump has it; `unread`: an expression, which only its database could work out. */
export type Value = { bytes: Buffer } | { null: true } | { unread: true };

const none: Value = { null: true };
const expression: Value = { unread: true };

/** The values between ( and ), of which the opening one has been read. */
export function* readValues(window: Window, dialect: Dialect): Scan<Value[]> {
  const values: Value[] = [];
  for (;;) {
    const { value, end } = yield* readValue(window, dialect);
    if (value) values.push(value);
    if (end === ")") return values;
  }
}

function* readValue(window: Window, dialect: Dialect): Scan<{ value: Value | undefined; end: string }> {
  const tokens: Token[] = [];
  for (let depth = 0; ; ) {
    const token = yield* readToken(window, dialect);
    if (token.kind === "end") throw window.wrong("The dump is cut off: it ends in the middle of a row.");
    const sign = token.kind === "sign" ? token.text : "";
    if (depth === 0 && (sign === "," || sign === ")")) return { value: meaning(tokens), end: sign };
    if (depth === 0 && sign === ";") throw window.wrong("A row ends where a value should be.");
    depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    // An expression is told from a value by its first tokens; one without end must not fill the memory.
    if (tokens.length < mostTokens) tokens.push(token);
  }
}

const mostTokens = 8;

function meaning(all: Token[]): Value | undefined {
  const tokens = withoutCast(all);
  const [first, second] = tokens;
  if (!first) return undefined;
  const texts = tokens.filter((one) => one.kind === "text");
  if (tokens.length === texts.length) return { bytes: Buffer.concat(texts.map(({ bytes }) => bytes)) };
  if (first.kind !== "word" || tokens.length > 2) return expression;
  if (second) return second.kind === "text" ? introduced(first.text, second.bytes) : expression;
  if (/^null$/i.test(first.text)) return none;
  if (/^(true|false)$/i.test(first.text)) return { bytes: Buffer.from(first.text.toLowerCase()) };
  if (/^0x[0-9a-f]*$/i.test(first.text)) return fromHex(first.text.slice(2));
  return /^[-+]?[\d.]/.test(first.text) ? { bytes: Buffer.from(first.text) } : expression;
}

/** Without ::type. */
function withoutCast(tokens: Token[]): Token[] {
  const cast = tokens.findIndex((one) => one.kind === "sign" && one.text === ":");
  return cast > 0 ? tokens.slice(0, cast) : tokens;
}

/** x'41', N'…', _utf8mb4'…': a word that says how the text behind it is to be read. */
function introduced(word: string, bytes: Buffer): Value {
  if (/^x$/i.test(word)) return fromHex(bytes.toString("latin1"));
  return /^(n|_[a-z0-9]+)$/i.test(word) ? { bytes } : expression;
}

function fromHex(digits: string): Value {
  return /^([0-9a-f]{2})*$/i.test(digits) ? { bytes: Buffer.from(digits, "hex") } : expression;
}
