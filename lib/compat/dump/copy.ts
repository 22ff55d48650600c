import type { Dialect } from "./dialect";
import { escaped } from "./escapes";
import { readToken, type Token } from "./token";
import type { Value } from "./values";
import { fill, readLine, type Scan, Window } from "./window";

export type CopyTarget = { table: string; columns: readonly string[]; row: (values: Value[]) => void };

const tab = 9;
const backslash = 0x5c;

/** Whether a COPY brings its rows behind it, and as text; reads the statement to its end. */
export function* isFromStdin(
  window: Window,
  dialect: Dialect,
  first: Token,
): Scan<{ fromStdin: boolean; plain: boolean }> {
  const words: string[] = [];
  for (let token = first; ; token = yield* readToken(window, dialect)) {
    if (token.kind === "end") throw window.wrong("The dump is cut off: it ends in the middle of a statement.");
    if (token.kind === "sign" && token.text === ";") break;
    if (token.kind === "word" && words.length < 50) words.push(token.text.toUpperCase());
  }
  const plain = !words.some((word) => word === "CSV" || word === "BINARY" || word === "DELIMITER");
  return { fromStdin: words[0] === "FROM" && words[1] === "STDIN", plain };
}

/** Passes by the rows of a COPY: to behind the line that is \. and nothing else. */
export function* skipCopyRows(window: Window): Scan<void> {
  for (;;) {
    const line = yield* lineBegin(window);
    if (line === "end") return;
    if (line === "cut") throw cutOff(window);
    for (;;) {
      const end = window.chunk.indexOf(10, window.at);
      window.at = end === -1 ? window.chunk.length : end + 1;
      if (end !== -1) break;
      if (!(yield* fill(window))) throw cutOff(window);
    }
  }
}

/** Whether the next line is \. which is then read; otherwise the line is untouched but for its first byte at most. */
function* lineBegin(window: Window): Scan<"end" | "row" | "cut"> {
  if (!(yield* fill(window))) return "cut";
  if (window.chunk[window.at] !== backslash) return "row";
  window.at++;
  if (!(yield* fill(window))) return "cut";
  if (window.chunk[window.at] !== 0x2e) return "row";
  yield* readLine(window);
  return "end";
}

function cutOff(window: Window) {
  return window.wrong("The dump is cut off: it ends in the rows of a COPY.");
}

/** Hands over the rows of a COPY. */
export function* readCopyRows(window: Window, { table, columns, row }: CopyTarget): Scan<void> {
  for (;;) {
    if (!(yield* fill(window))) throw cutOff(window);
    const line = yield* readLine(window);
    if (line.toString("latin1").replace(/\r$/, "") === "\\.") return;
    if (!(yield* fill(window))) throw cutOff(window);
    const values = splitTabs(line).map(fieldValue);
    if (values.length !== columns.length) {
      throw window.wrong(`A row of ${table} has ${values.length} values for ${columns.length} columns.`);
    }
    row(values);
  }
}

function splitTabs(line: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  for (let from = 0; ; ) {
    const at = line.indexOf(tab, from);
    fields.push(line.subarray(from, at === -1 ? undefined : at));
    if (at === -1) return fields;
    from = at + 1;
  }
}

function fieldValue(field: Buffer): Value {
  if (field.length === 2 && field.toString("latin1") === "\\N") return { null: true };
  return { bytes: field.includes(backslash) ? unescaped(field) : field };
}

function unescaped(field: Buffer): Buffer {
  const window = new Window();
  window.give(field);
  window.ended = true;
  const parts: Uint8Array[] = [];
  while (window.at < field.length) {
    const found = field.indexOf(backslash, window.at);
    const at = found === -1 ? field.length : found;
    parts.push(field.subarray(window.at, at));
    window.at = at + 1;
    if (at < field.length - 1) parts.push(whole(escaped(window, "postgres")));
  }
  return Buffer.concat(parts);
}

/** Runs a reader of which all bytes are there. */
function whole<T>(scan: Scan<T>): T {
  const step = scan.next();
  if (!step.done) throw new Error("A reader of a whole field asked for more.");
  return step.value;
}
